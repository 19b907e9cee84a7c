import "server-only";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** The columns of a `ChainedEvent`, from `audit_events`. */
export const CHAINED_COLUMNS = `chain, sequence::float8 AS sequence, ${msOf("at")} AS "atMs", kind, actor::text AS actor,
  actor_text AS "actorText", roles, origin, address, entry_id AS "entryId", subject, old_value AS "oldValue",
  new_value AS "newValue", reason, encode(previous_hash, 'hex') AS "previousHash", encode(hash, 'hex') AS hash`;

/** One chain whole, in its order. */
export const readChain = (transaction: Transaction, chain: string): Promise<readonly ChainedEvent[]> =>
  transaction.query<ChainedEvent>({
    text: `SELECT ${CHAINED_COLUMNS} FROM audit_events WHERE chain = $1 ORDER BY sequence`,
    values: [chain],
  });
