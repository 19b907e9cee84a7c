import "server-only";
import { chainFaults, chainFaultWords } from "@/lib/domain/proof/verify-chains";
import type { ChainedEvent, ChainHead } from "@/lib/domain/trail/chain";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import { eventHash } from "@/lib/server/verifying/event-hash";
import { quickLinkHash } from "@/lib/server/verifying/checkpoint-signatures";
import { readChain } from "@/lib/server/store/audit-chain";
import type { Transaction } from "@/lib/server/db/transaction";

/** A chain as it is stored, and what was done to it. */
export type CheckedChain = {
  readonly events: readonly ChainedEvent[];
  readonly faults: readonly PlacedFault[];
  /** The places that a fault names: what else is said of them follows from it. */
  readonly known: ReadonlySet<number>;
  /** Whether events are missing. */
  readonly isShort: boolean;
};

/** Reads a chain and checks it against the heads that were kept of it. */
export const checkChain = async (
  transaction: Transaction,
  chain: string,
  heads: readonly ChainHead[],
): Promise<CheckedChain> => {
  const events = await readChain(transaction, chain);
  const found = chainFaults(events, quickLinkHash, heads, eventHash);
  return {
    events,
    faults: found.map((fault) => ({ sequence: fault.sequence, kind: fault.kind, what: chainFaultWords(fault) })),
    known: new Set(found.map(({ sequence }) => sequence)),
    isShort: found.some(({ kind }) => kind === "removed" || kind === "truncated"),
  };
};

export type StoredChain = { readonly chain: string; readonly events: number };

/** Every chain that there are events of. */
export const storedChains = (transaction: Transaction): Promise<readonly StoredChain[]> =>
  transaction.query<StoredChain>({
    text: "SELECT chain, count(*)::int AS events FROM audit_events GROUP BY chain ORDER BY chain",
  });

/** Events that the columns beside their chain, which are not hashed, say to be of something else. */
export const misplacedEvents = async (
  transaction: Transaction,
): Promise<readonly { readonly chain: string; readonly sequence: number }[]> =>
  transaction.query<{ readonly chain: string; readonly sequence: number }>({
    text: `SELECT e.chain, e.sequence::float8 AS sequence FROM audit_events e LEFT JOIN studies s ON s.id = e.study_id
           WHERE (e.study_id IS NULL AND e.chain <> 'installation' AND e.chain NOT LIKE 'account:%')
              OR (e.study_id IS NOT NULL AND e.chain IS DISTINCT FROM
                    CASE WHEN e.animal_id IS NULL THEN concat('study:', s.code) ELSE concat('animal:', s.code, ':', e.animal_id) END)
           ORDER BY e.chain, e.sequence LIMIT 1000`,
  });
