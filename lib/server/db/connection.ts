import "server-only";
import type { Result } from "@/lib/domain/result";
import { database } from "./database";
import { inTransaction } from "./transaction";
import type { Transaction } from "./transaction";

/** Statements outside a transaction, asked in the same words as within one. */
export const connection: Transaction = {
  prisma: () => Promise.resolve(database().prisma),
  query: async ({ values, ...statement }) => {
    const { rows } = await database().pool.query({ ...statement, values: values === undefined ? [] : [...values] });
    return rows;
  },
};

/** Does all of the work or none of it: a refusal takes it back like an exception, and is the answer. */
export const allOrNothing = <Value, Fault>(
  work: (transaction: Transaction) => Promise<Result<Value, Fault>>,
): Promise<Result<Value, Fault>> =>
  inTransaction(database(), async (transaction) => {
    const value = await work(transaction);
    return { keep: value.ok, value };
  });
