import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** One at a time changes what a study is judged by, its life, and who is in it. */
export const lockStudy = async (transaction: Transaction, studyId: number): Promise<void> => {
  await transaction.query({ text: "SELECT FROM studies WHERE id = $1 FOR NO KEY UPDATE", values: [studyId] });
};

/** Until this transaction ends nobody locks the study; others may hold it as well. */
export const holdStudy = async (transaction: Transaction, studyId: number): Promise<void> => {
  await transaction.query({ text: "SELECT FROM studies WHERE id = $1 FOR SHARE", values: [studyId] });
};

/** Every animal's state: what is being entered is stored before, or sees what this transaction does. */
export const lockStates = async (transaction: Transaction, studyId: number): Promise<void> => {
  const text = "SELECT FROM animal_states WHERE study_id = $1 ORDER BY animal_id FOR UPDATE";
  await transaction.query({ text, values: [studyId] });
};

/** One at a time decides what waits for review in a study. */
export const lockReviews = async (transaction: Transaction, studyId: number): Promise<void> => {
  const text = "SELECT pg_advisory_xact_lock(hashtextextended('reviews:' || $1::text, 0))";
  await transaction.query({ text, values: [studyId] });
};
