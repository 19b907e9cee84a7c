import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** Which rows, by what, and how: Prisma's client cannot lock what it reads. */
const LOCKS = {
  account: "users WHERE email = $1 FOR UPDATE",
  study: "studies WHERE id = $1 FOR NO KEY UPDATE",
  studyShared: "studies WHERE id = $1 FOR SHARE",
  states: "animal_states WHERE study_id = $1 ORDER BY animal_id FOR UPDATE",
} as const;

const lock = async (transaction: Transaction, rows: keyof typeof LOCKS, key: number | string): Promise<void> => {
  await transaction.query({ text: `SELECT FROM ${LOCKS[rows]}`, values: [key] });
};

/** Two changes of an account made side by side each see what the other did. */
export const lockEmail = (transaction: Transaction, email: string) => lock(transaction, "account", email);

/** One at a time changes what a study is judged by, its life, who is in it, and decides what waits for review. */
export const lockStudy = (transaction: Transaction, studyId: number) => lock(transaction, "study", studyId);

/** Until this transaction ends nobody locks the study; others may hold it as well. */
export const holdStudy = (transaction: Transaction, studyId: number) => lock(transaction, "studyShared", studyId);

/** Every animal's state: what is being entered is stored before, or sees what this transaction does. */
export const lockStates = (transaction: Transaction, studyId: number) => lock(transaction, "states", studyId);
