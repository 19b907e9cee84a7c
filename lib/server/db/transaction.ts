import "server-only";
import type { PoolClient } from "pg";
import type { Result } from "@/lib/domain/result";
import { database } from "./database";

/** One connection inside a transaction, for plain SQL. */
export type Transaction = Pick<PoolClient, "query">;

/** Does all of the work or none of it: a refusal undoes it like an exception, and comes back as the answer. */
export const inTransaction = async <Value, Fault>(
  work: (transaction: Transaction) => Promise<Result<Value, Fault>>,
): Promise<Result<Value, Fault>> => {
  const client = await database().pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("BEGIN");
    const result = await work(client);
    await client.query(result.ok ? "COMMIT" : "ROLLBACK");
    return result;
  } catch (error) {
    // A connection whose transaction cannot be ended is of no use to anybody else.
    await client.query("ROLLBACK").catch((failure: unknown) => {
      broken = failure instanceof Error ? failure : new Error(String(failure));
    });
    throw error;
  } finally {
    client.release(broken);
  }
};
