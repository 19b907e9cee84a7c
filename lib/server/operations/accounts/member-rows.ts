import "server-only";
import type { Member } from "@/lib/contracts/accounts";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";

/** The members of a study, by email, each with all their roles there. */
export const membersOf = async (connection: Transaction, study: AuthorizedStudy): Promise<readonly Member[]> => {
  const rows = await connection.query<Member>({
    text: `SELECT users.email, users.name, array_agg(memberships.role ORDER BY memberships.role) AS roles
     FROM memberships JOIN users ON users.id = memberships.user_id
     WHERE memberships.study_id = $1
     GROUP BY users.id ORDER BY lower(users.email)`,
    values: [study.id],
  });
  return rows;
};
