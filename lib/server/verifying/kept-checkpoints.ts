import "server-only";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import type { Checkpoint, NamedHead } from "@/lib/domain/proof/checkpoint";
import { byStudy, compareKept, verifyCheckpoints } from "@/lib/domain/proof/verify-checkpoints";
import type { CheckpointMeans } from "@/lib/domain/proof/verify-checkpoints";
import { readCheckpointFile } from "@/lib/server/verifying/checkpoint-file";
import type { CheckpointFile } from "@/lib/server/verifying/checkpoint-file";
import { readCheckpointKey } from "@/lib/server/verifying/key-file";
import { checkSignature, fingerprintOf, quickLinkHash } from "@/lib/server/verifying/checkpoint-signatures";
import { serverEnvironment } from "@/lib/server/config/environment";
import { checkpointScopes, checkpointsOf, installationId } from "@/lib/server/store/checkpoint-rows";
import type { Transaction } from "@/lib/server/db/transaction";

/** What is kept outside of the database, read before the database is: what it holds, the database has to have. */
export type Outside = { readonly file: CheckpointFile | null; readonly means: CheckpointMeans };

/** `fingerprint` null: the keys are those of the key file; without one the signer is not checked. */
export const readOutside = async (fingerprint: string | null): Promise<Outside> => {
  const { checkpointFile, checkpointKeyFile } = serverEnvironment();
  const trusted = fingerprint === null ? readCheckpointKey(checkpointKeyFile)?.trusted : undefined;
  const isTrusted = (publicKey: string): boolean =>
    trusted === undefined ? fingerprintOf(publicKey) === fingerprint : trusted.has(publicKey);
  return {
    file: await readCheckpointFile(checkpointFile),
    means: {
      hash: quickLinkHash,
      checkSignature,
      isTrusted: trusted === undefined && fingerprint === null ? null : isTrusted,
    },
  };
};

export type CheckedScopes = {
  readonly faults: readonly AuditFault[];
  readonly heads: readonly NamedHead[];
  readonly checkpoints: number;
  /** In the file, of other databases: one file may outlive several. */
  readonly ofOthers: number;
};

const named =
  (study: string | null) =>
  ({ sequence, kind, what }: Pick<AuditFault, "sequence" | "kind" | "what">): AuditFault => ({
    study,
    subject: "checkpoints",
    sequence,
    kind,
    what,
  });

const fileFaults = ({ file }: Outside, stored: number): readonly AuditFault[] => {
  if (file === null) {
    const what =
      "the file of checkpoints (CHECKPOINT_FILE) is not there: nothing outside of the database speaks for it";
    return stored === 0 ? [] : [{ study: null, subject: "checkpoints", sequence: null, kind: "removed", what }];
  }
  return file.unreadable.map((line) => ({
    study: null,
    subject: "checkpoints",
    sequence: null,
    kind: "changed",
    what: `line ${String(line)} of the file of checkpoints is none`,
  }));
};

/** A kept checkpoint speaks only for itself, as long as its hash and signature are right. */
const headsOfKept = (kept: readonly Checkpoint[], means: CheckpointMeans): readonly NamedHead[] =>
  kept.flatMap((checkpoint) => verifyCheckpoints([checkpoint], means).heads);

type Scope = {
  readonly stored: readonly Checkpoint[];
  readonly kept: readonly Checkpoint[];
  readonly code: string | null;
};

const checkScope = (
  { stored, kept, code }: Scope,
  { file, means }: Outside,
): { readonly faults: readonly AuditFault[]; readonly heads: readonly (readonly NamedHead[])[] } => {
  const checked = verifyCheckpoints(stored, means);
  const known = new Set(stored.map(({ hash }) => hash));
  const others = kept.filter(({ hash }) => !known.has(hash));
  const compared = file === null ? [] : compareKept(stored, kept);
  return {
    faults: [...checked.faults, ...compared].map(named(code)),
    heads: [checked.heads, headsOfKept(others, means)],
  };
};

/** The checkpoints of every study and of the installation, in the database and outside of it. */
export const checkCheckpoints = async (transaction: Transaction, outside: Outside): Promise<CheckedScopes> => {
  const installation = await installationId(transaction);
  const ours = (outside.file?.checkpoints ?? []).filter((checkpoint) => checkpoint.installation === installation);
  const kept = byStudy(ours);
  const scopes = await checkpointScopes(transaction);
  const checked: ReturnType<typeof checkScope>[] = [];
  let checkpoints = 0;
  for (const scope of scopes) {
    const stored = await checkpointsOf(transaction, scope);
    checked.push(checkScope({ stored, kept: kept.get(scope.code ?? "") ?? [], code: scope.code }, outside));
    checkpoints += stored.length;
  }
  const codes = new Set(scopes.map(({ code }) => code ?? ""));
  const gone = [...kept].filter(([code]) => !codes.has(code));
  const what = "the study is named by checkpoints that are kept outside, and is not there";
  return {
    faults: [
      ...checked.flatMap(({ faults }) => faults),
      ...gone.map(([code]) => named(code)({ sequence: null, kind: "removed", what })),
      ...fileFaults(outside, checkpoints),
    ],
    heads: [
      ...checked.flatMap(({ heads }) => heads.flat()),
      ...gone.flatMap(([, of]) => headsOfKept(of, outside.means)),
    ],
    checkpoints,
    ofOthers: (outside.file?.checkpoints.length ?? 0) - ours.length,
  };
};
