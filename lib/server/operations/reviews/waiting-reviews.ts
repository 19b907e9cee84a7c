import "server-only";
import { connection } from "@/lib/server/db/connection";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";

/** How many items of a study wait for its director. */
export const countWaitingReviews = async ({ id }: AuthorizedStudy): Promise<number> => {
  const [row] = await connection.query<{ readonly waiting: number }>({
    text: `SELECT count(*)::int AS waiting FROM review_items r
           WHERE r.study_id = $1 AND NOT EXISTS (
             SELECT FROM signatures g WHERE g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text)`,
    values: [id],
  });
  return row?.waiting ?? 0;
};
