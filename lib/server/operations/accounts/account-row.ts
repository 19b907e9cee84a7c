import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** The columns of `users` that anybody may be shown, named as the contract names them. */
export const ACCOUNT_COLUMNS = `email, name, administrator, auditor, every_study_roles AS "everyStudyRoles", disabled_at IS NOT NULL AS disabled`;

/**
 * The study in which a person would be technician and auditor at once, after the changes made so far in this
 * transaction; null when there is none.
 */
export const studyOfConflict = async (transaction: Transaction, email: string): Promise<string | null> => {
  const rows = await transaction.query<{ readonly code: string }>({
    text: `SELECT studies.code
     FROM users
     JOIN study_roles AS works ON works.user_id = users.id AND works.role = 'technician'
     JOIN studies ON studies.id = works.study_id
     WHERE lower(users.email) = $1 AND (
       EXISTS (SELECT FROM memberships AS audits WHERE audits.user_id = users.id AND audits.study_id = works.study_id AND audits.role = 'auditor')
       OR (users.auditor AND NOT EXISTS (SELECT FROM memberships AS audits WHERE audits.user_id = users.id AND audits.role = 'auditor')))
     ORDER BY studies.code LIMIT 1`,
    values: [email],
  });
  return rows[0]?.code ?? null;
};
