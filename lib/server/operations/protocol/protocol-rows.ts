import "server-only";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { checked } from "@/lib/domain/record/check";
import { protocolAt } from "@/lib/domain/record/read-protocol";
import { protocolDocument } from "@/lib/domain/record/write-protocol";
import { parseInstant } from "@/lib/domain/time/instant";
import { protocolInForce } from "@/lib/domain/study/in-force";
import type { Protocol } from "@/lib/domain/study/protocol";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { doseGroups } from "@/lib/server/store/dose-groups";
import { protocolVersions } from "@/lib/server/store/protocol-versions";
import type { VersionRow } from "@/lib/server/store/protocol-versions";
import type { Transaction } from "@/lib/server/db/transaction";
import { serverNowMs } from "@/lib/server/config/clock";
import { signaturesOf } from "@/lib/server/signing/signing";

/** A stored protocol version: its row, and what it means to the rules. */
export type StoredProtocol = { readonly row: VersionRow; readonly protocol: Protocol };

/** The draft of an amendment may leave open from when it is in force; then it has no instant yet. */
const readSettings = ({ status, settings }: VersionRow, earlier: readonly Protocol[]): Protocol => {
  if (status !== "draft" || earlier.length === 0) return protocolAt(settings, "", earlier);
  const effectiveFrom = settings["effectiveFrom"];
  return {
    ...protocolAt({ ...settings, effectiveFrom: null }, "", []),
    effectiveFrom: typeof effectiveFrom === "string" ? parseInstant(effectiveFrom) : null,
  };
};

/** Every version of a study's protocol, oldest first, the draft included. */
export const storedProtocols = async (
  connection: Transaction,
  study: AuthorizedStudy,
): Promise<readonly StoredProtocol[]> => {
  const stored: StoredProtocol[] = [];
  for (const row of await protocolVersions(study.id, connection)) {
    const earlier = stored.map(({ protocol }) => protocol);
    const read = checked(() => readSettings(row, earlier));
    if (!read.ok)
      throw new Error(
        `protocol version ${row.version} of study ${study.code}: ${read.fault.path} ${read.fault.message}`,
      );
    stored.push({ row, protocol: read.value });
  }
  return stored;
};

/** The versions that judge: signed, or imported. */
export const versionsInForce = (stored: readonly StoredProtocol[]): readonly StoredProtocol[] =>
  stored.filter(({ row }) => row.status !== "draft");

/** The versions that entries are judged by; before one is in force, the draft. */
export const judgingVersions = (stored: readonly StoredProtocol[]): readonly StoredProtocol[] => {
  const inForce = versionsInForce(stored);
  return inForce.length > 0 ? inForce : stored;
};

export const draftOf = (stored: readonly StoredProtocol[]): StoredProtocol | undefined =>
  stored.find(({ row }) => row.status === "draft");

/** The version that a draft would follow. */
export const latestInForce = (stored: readonly StoredProtocol[]): StoredProtocol | undefined =>
  versionsInForce(stored).at(-1);

/** The version that an entry observed now is judged by; before one is signed, the draft. */
export const versionNow = (stored: readonly StoredProtocol[]): StoredProtocol | undefined => {
  const judging = judgingVersions(stored);
  if (judging.length === 0) return undefined;
  const { version } = protocolInForce(
    judging.map(({ protocol }) => protocol),
    serverNowMs(),
  );
  return judging.find(({ row }) => row.version === version);
};

export const reasonOf = ({ row }: StoredProtocol): string | null => {
  const reason = row.settings["reason"];
  return typeof reason === "string" && reason.trim() !== "" ? reason : null;
};

const shownGroups = async (connection: Transaction, studyId: number): Promise<ProtocolVersion["groups"]> =>
  (await doseGroups(studyId, connection)).map((row) => ({
    ...row,
    doseLevels: row.doseLevels.map(Number),
    startingDose: row.startingDose === null ? null : Number(row.startingDose),
  }));

const STATUS = { draft: "DRAFT", signed: "SIGNED", imported: "IMPORTED" } as const;

const inForceOf = (
  stored: readonly StoredProtocol[],
  { row, protocol }: StoredProtocol,
): ProtocolVersion["inForce"] => {
  if (row.status === "draft") return "NOT_SIGNED";
  if (versionNow(stored)?.row.version === row.version) return "NOW";
  return (protocol.effectiveFrom?.ms ?? -Infinity) > serverNowMs() ? "LATER" : "EARLIER";
};

const listed = (stored: readonly StoredProtocol[], version: StoredProtocol): ProtocolVersion["versions"][number] => ({
  version: version.row.version,
  status: STATUS[version.row.status],
  effectiveFrom: version.protocol.effectiveFrom?.text ?? null,
  signedAt: version.row.signedAt?.toISOString() ?? null,
  signedBy: version.row.signedBy,
  reason: reasonOf(version),
  inForce: inForceOf(stored, version),
});

/** Whether somebody has chosen how dosing resumes; what the rules would assume is not what somebody chose. */
export const resumePolicyChosen = ({ row }: StoredProtocol): boolean =>
  row.status !== "draft" || (row.settings["resumePolicy"] ?? null) !== null;

const signatureOf = async (connection: Transaction, study: AuthorizedStudy, version: number) => {
  const asked = { kinds: ["protocol", "amendment"], subjects: [String(version)] } as const;
  return (await signaturesOf(connection, study.id, asked)).at(-1) ?? null;
};

/** A protocol version as it is shown, with the study's dose groups and the versions beside it. */
export const protocolVersionOf = async (
  connection: Transaction,
  study: AuthorizedStudy,
  stored: readonly StoredProtocol[],
  shown: StoredProtocol,
): Promise<ProtocolVersion> => {
  const { row, protocol } = shown;
  const { resumePolicy, ...settings } = protocolDocument(protocol);
  return {
    ...settings,
    status: STATUS[row.status],
    reason: reasonOf(shown),
    inForce: inForceOf(stored, shown),
    versions: stored.map((version) => listed(stored, version)),
    savedAt: row.draftedAt.toISOString(),
    savedBy: row.draftedBy,
    signedAt: row.signedAt?.toISOString() ?? null,
    signedBy: row.signedBy,
    signature: row.status === "signed" ? await signatureOf(connection, study, row.version) : null,
    resumePolicy: resumePolicyChosen(shown) ? resumePolicy : null,
    groups: await shownGroups(connection, study.id),
  };
};
