import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { isClosed } from "@/lib/domain/access/study-life";
import { closedRefusal } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { countDirectors, membershipsOf } from "@/lib/server/store/memberships";
import type { Transaction } from "@/lib/server/db/transaction";

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
  const held = (await membershipsOf(transaction, study.id, userId)).filter((role) => role !== "auditor");
  const wanted = roles.filter((role) => role !== "auditor");
  const removed = held.filter((role) => !wanted.includes(role));
  const added = wanted.filter((role) => !held.includes(role));
  if (removed.length === 0 && added.length === 0) return null;
  const isNeeded = study.status === "locked" && (await countDirectors(transaction, study.id)) === 0;
  const isOnlyDirector = removed.length === 0 && added.every((role) => role === "study_director");
  return isNeeded && isOnlyDirector ? null : closedRefusal(study);
};
