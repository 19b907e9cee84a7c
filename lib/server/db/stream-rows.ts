import "server-only";
import type { QueryResultRow } from "pg";
import { database } from "./database";
import { transactionOn } from "./transaction";
import type { Statement, Transaction } from "./transaction";

const ROWS_AT_ONCE = 1000;
/** A reader may be slow; it must not hold its snapshot for ever. */
const PATIENCE = "120s";

/** Reads of one snapshot: nothing that is committed meanwhile is seen. */
export type Snapshot = Transaction & {
  /** The rows of a statement, a part at a time. */
  readonly parts: <Row extends QueryResultRow>(statement: Statement) => AsyncGenerator<readonly Row[], void, undefined>;
};

/** Yields what `read` yields, from one snapshot on a connection of its own; given back whenever the reader stops. */
export async function* streamFromSnapshot<Item>(
  read: (snapshot: Snapshot) => AsyncGenerator<Item, void, undefined>,
): AsyncGenerator<Item, void, undefined> {
  const { pool, prisma } = database();
  const client = await pool.connect();
  let broken = true;
  const onError = (): void => undefined;
  client.on("error", onError);
  const begun = client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
  const { leave, ...transaction } = transactionOn({ prisma }, client, begun);
  const { query } = transaction;
  async function* parts<Row extends QueryResultRow>({
    text,
    values,
  }: Statement): AsyncGenerator<readonly Row[], void, undefined> {
    await query({ text: `DECLARE parts NO SCROLL CURSOR FOR ${text}`, ...(values === undefined ? {} : { values }) });
    for (;;) {
      const rows = await query<Row>({ text: `FETCH ${String(ROWS_AT_ONCE)} FROM parts` });
      if (rows.length > 0) yield rows;
      if (rows.length < ROWS_AT_ONCE) break;
    }
    await query({ text: "CLOSE parts" });
  }
  try {
    await begun;
    await client.query(`SET LOCAL idle_in_transaction_session_timeout = '${PATIENCE}'`);
    yield* read({ ...transaction, parts });
    await leave();
    await client.query("COMMIT");
    broken = false;
  } finally {
    if (broken) {
      await leave().catch(onError);
      broken = await client.query("ROLLBACK").then(
        () => false,
        () => true,
      );
    }
    client.off("error", onError);
    client.release(broken);
  }
}
