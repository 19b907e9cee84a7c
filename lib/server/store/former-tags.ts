import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/**
 * The tag that the animal which once had this one has now; null where no animal ever had it. Of several the one that had
 * it last. Who looks for an animal asks for its tag first: a tag that was freed may have been given to another animal.
 */
export const tagNow = async (connection: Transaction, studyId: number, formerTag: string): Promise<string | null> => {
  const [found] = await connection.query<{ readonly tag: string }>({
    text: `SELECT a.tag FROM animal_changes c JOIN animals a ON a.id = c.animal_id
           WHERE c.study_id = $1 AND c.before ? 'tag' AND c.before ->> 'tag' = $2 ORDER BY c.number DESC LIMIT 1`,
    values: [studyId, formerTag],
  });
  return found?.tag ?? null;
};
