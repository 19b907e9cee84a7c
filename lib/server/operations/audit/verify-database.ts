import "server-only";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import type { ChainHead } from "@/lib/domain/trail/chain";
import { headsByChain } from "@/lib/domain/proof/verify-checkpoints";
import { streamFromSnapshot } from "@/lib/server/db/stream-rows";
import { studyNames } from "@/lib/server/store/studies";
import type { Transaction } from "@/lib/server/db/transaction";
import { checkChain, misplacedEvents, storedChains } from "@/lib/server/verifying/chain-reading";
import { checkCheckpoints, readOutside } from "@/lib/server/verifying/kept-checkpoints";
import type { Outside } from "@/lib/server/verifying/kept-checkpoints";
import { accountFaults, storedAccounts } from "@/lib/server/verifying/people-faults";
import { protectionFaults } from "@/lib/server/verifying/protection";
import { verifyStudy } from "@/lib/server/verifying/verify-study";

export type VerifiedDatabase = {
  readonly faults: readonly AuditFault[];
  readonly studies: number;
  readonly animals: number;
  readonly chains: number;
  readonly events: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** False where there is neither a key file nor a fingerprint. */
  readonly isSignerChecked: boolean;
  /** Checkpoints in the file that are of other databases. */
  readonly ofOthers: number;
};

type Heads = ReadonlyMap<string, readonly ChainHead[]>;

/** The chains that are no study's: of accounts with their rows, of the installation, and of what is not there any more. */
const otherChains = async (
  transaction: Transaction,
  names: readonly string[],
  heads: Heads,
): Promise<readonly AuditFault[]> => {
  const faults: AuditFault[] = [];
  const accounts = await storedAccounts(transaction);
  for (const chain of new Set([...names, ...accounts.keys()])) {
    const checked = await checkChain(transaction, chain, heads.get(chain) ?? []);
    const isOwners = chain === "installation" || chain.startsWith("account:");
    const ownerless = { sequence: null, kind: "removed" as const, what: "what these events are of is not there" };
    const found = [
      ...checked.faults,
      ...(isOwners ? [] : [ownerless]),
      ...(chain.startsWith("account:") ? accountFaults(checked, accounts.get(chain)) : []),
    ];
    faults.push(...found.map((fault) => ({ study: null, subject: chain, ...fault })));
  }
  return faults;
};

const misplaced = async (transaction: Transaction): Promise<readonly AuditFault[]> =>
  (await misplacedEvents(transaction)).map(({ chain, sequence }) => ({
    study: null,
    subject: chain,
    sequence,
    kind: "changed",
    what: "the study or animal beside the event is not that of its chain",
  }));

const verify = async (snapshot: Transaction, outside: Outside): Promise<VerifiedDatabase> => {
  // Not the login's own: whoever can set that of a role would choose which tables are read.
  await snapshot.query({ text: "SELECT pg_catalog.set_config('search_path', 'pg_catalog, public, pg_temp', true)" });
  const kept = await checkCheckpoints(snapshot, outside);
  const heads = headsByChain(kept.heads);
  const studies = await studyNames(null, snapshot);
  const faults: AuditFault[] = [...(await protectionFaults(snapshot)), ...kept.faults];
  const seen = new Set<string>();
  let [entries, animals] = [0, 0];
  for (const study of studies) {
    const verified = await verifyStudy(snapshot, study, heads);
    faults.push(...verified.faults);
    for (const chain of verified.chains) seen.add(chain);
    entries += verified.entries;
    animals += verified.animals;
  }
  const chains = await storedChains(snapshot);
  const names = [...new Set([...chains.map(({ chain }) => chain), ...heads.keys()])];
  faults.push(
    ...(await otherChains(
      snapshot,
      names.filter((chain) => !seen.has(chain)),
      heads,
    )),
    ...(await misplaced(snapshot)),
  );
  return {
    faults,
    studies: studies.length,
    animals,
    chains: chains.length,
    events: chains.reduce((sum, { events }) => sum + events, 0),
    entries,
    checkpoints: kept.checkpoints,
    isSignerChecked: outside.means.isTrusted !== null,
    ofOthers: kept.ofOthers,
  };
};

/**
 * Whether everything in the database is as it was recorded: its chains, against the checkpoints in it and outside of it; what
 * is stored against the events that recorded it; every decision against the replay; and whether what refuses changes is in
 * place. From one snapshot. `fingerprint` is that of the one key that may have signed; null: those of the key file.
 */
export const verifyDatabase = async (fingerprint: string | null): Promise<VerifiedDatabase> => {
  // The file first: what it holds then, the database had before.
  const outside = await readOutside(fingerprint);
  const verified = streamFromSnapshot(async function* (snapshot) {
    yield await verify(snapshot, outside);
  });
  for await (const result of verified) return result;
  throw new Error("a snapshot was read, and gave nothing");
};
