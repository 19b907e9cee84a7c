import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { isClosed } from "@/lib/domain/access/study-life";
import { closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";

type Writers = { readonly held: readonly string[]; readonly directors: number };

/**
 * Who writes in a locked or archived study stays as it is, as the database has it: auditors come and go, and where nobody
 * is left who could unlock it, a director may be named. Null where the change may be made.
 */
export const closedMembership = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  userId: string,
  roles: readonly string[],
): Promise<Refusal | null> => {
  if (!isClosed(study.status)) return null;
  const [writers] = await transaction.query<Writers>({
    text: `SELECT
        ARRAY(SELECT role FROM memberships WHERE study_id = $1 AND user_id = $2 AND role <> 'auditor') AS held,
        (SELECT count(DISTINCT r.user_id)::int FROM study_roles r JOIN users u ON u.id = r.user_id
         WHERE r.study_id = $1 AND r.role = 'study_director' AND u.disabled_at IS NULL) AS directors`,
    values: [study.id, userId],
  });
  const held = writers?.held ?? [];
  const wanted = roles.filter((role) => role !== "auditor");
  const removed = held.filter((role) => !wanted.includes(role));
  const added = wanted.filter((role) => !held.includes(role));
  if (removed.length === 0 && added.length === 0) return null;
  const isNeeded = study.status === "locked" && writers?.directors === 0;
  const isOnlyDirector = removed.length === 0 && added.every((role) => role === "study_director");
  return isNeeded && isOnlyDirector ? null : closedRefusal(study);
};
