import "server-only";
import type { Pool, PoolClient, QueryResultRow } from "pg";

/** One statement. With a name it is prepared once on each connection. */
export type Statement = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] };

/** One connection inside a transaction, for plain SQL. */
export type Transaction = {
  readonly query: <Row extends QueryResultRow>(statement: Statement) => Promise<readonly Row[]>;
};

/** What a transaction's work comes to: kept, or taken back. Whatever is thrown is taken back too. */
export type Outcome<Value> = { readonly keep: boolean; readonly value: Value };

const transactionOn = (client: PoolClient): Transaction => ({
  query: async <Row extends QueryResultRow>({ values, ...statement }: Statement) => {
    const { rows } = await client.query<Row>({ ...statement, values: values === undefined ? [] : [...values] });
    return rows;
  },
});

/**
 * Runs work in one transaction (READ COMMITTED: who must see what others commit takes a row's lock first). A connection
 * that could not even roll back is thrown away, with its transaction.
 */
export const inTransaction = async <Value>(
  pool: Pool,
  work: (transaction: Transaction) => Promise<Outcome<Value>>,
): Promise<Value> => {
  const client = await pool.connect();
  let broken = false;
  // A connection that breaks between two statements says so here, and the next statement fails.
  const onError = (): void => {
    broken = true;
  };
  client.on("error", onError);
  try {
    await client.query("BEGIN");
    const { keep, value } = await work(transactionOn(client));
    await client.query(keep ? "COMMIT" : "ROLLBACK");
    return value;
  } catch (error) {
    await client.query("ROLLBACK").catch(onError);
    throw error;
  } finally {
    client.off("error", onError);
    client.release(broken);
  }
};
