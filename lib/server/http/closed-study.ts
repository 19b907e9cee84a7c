import "server-only";
import { databaseError } from "@/lib/server/db/database-error";

/**
 * What the database said of a change that it refused because the study is locked or archived: the study was locked
 * between the question whether it is and the change itself. Null for anything else.
 */
export const closedStudyWords = (thrown: unknown): string | null => {
  const refusal = databaseError(thrown);
  return refusal?.state === "55000" && refusal.message.startsWith("study ") ? refusal.message : null;
};
