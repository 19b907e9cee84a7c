import "server-only";
import type { AuditException } from "@/lib/domain/trail/exceptions";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

type DecidedRow = {
  readonly id: string;
  readonly animal: string;
  readonly entry: string;
  readonly cause: string;
  readonly by: string;
  readonly atMs: number;
};

const CAUSES: Readonly<Record<string, string>> = {
  correction: "corrected an entry",
  void: "voided an entry",
  late: "recorded an entry late",
};

/** Reviews that were decided and signed by whoever had made the change that they are of. */
export const decidedOwnChange = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<DecidedRow>({
    text: `
      SELECT r.id::text, a.tag AS animal, r.entry_id AS entry, r.cause, u.name AS by, ${msOf("g.signed_at")} AS "atMs"
      FROM review_items r
        JOIN animals a ON (a.study_id, a.id) = (r.study_id, r.animal_id)
        JOIN entries e ON e.study_id = r.study_id AND e.id = r.entry_id
        JOIN users u ON u.id = e.recorded_by
        JOIN signatures g ON g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text AND g.signer = e.recorded_by
      WHERE r.study_id = $1`,
    values: [study.id],
  });
  return rows.map(({ id, animal, entry, cause, by, atMs }) => ({
    key: `TWO_ROLES:review:${id}`,
    kind: "TWO_ROLES",
    animal,
    entry,
    atMs,
    changedMs: atMs,
    by,
    says: `${by} ${CAUSES[cause] ?? "changed an entry"}, and decided and signed what that had changed`,
    weight: 2,
  }));
};

type HolderRow = {
  readonly email: string;
  readonly now: readonly string[];
  readonly ever: readonly string[];
  readonly changedMs: number;
};

const joined = (roles: readonly string[]): string => roles.map((role) => role.replaceAll("_", " ")).join(" and ");

/**
 * Whoever holds or held two roles of the study, or one and the administrator's, who gives them out. An administrator or
 * auditor of the installation without a role of their own here has only one.
 */
export const holdersOfTwoRoles = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<HolderRow>({
    text: `
      WITH given AS (
        SELECT subject AS email, at, coalesce(old_value, '[]')::jsonb || coalesce(new_value, '[]')::jsonb AS roles FROM audit_events
        WHERE study_id = $1 AND kind = 'MEMBERSHIP_CHANGED'
      ), roles AS (
        SELECT u.email, r.role, true AS held FROM study_roles r JOIN users u ON u.id = r.user_id WHERE r.study_id = $1
        UNION SELECT given.email, role, false FROM given CROSS JOIN LATERAL jsonb_array_elements_text(given.roles) AS role
      ), people AS (
        SELECT email, role, held FROM roles
        UNION SELECT u.email, extra.role, true FROM users u
          CROSS JOIN LATERAL (VALUES ('administrator', u.administrator), ('auditor', u.auditor)) AS extra (role, held)
        WHERE extra.held AND u.email IN (SELECT email FROM roles)
      )
      SELECT email, array_agg(DISTINCT role) FILTER (WHERE held) AS now, array_agg(DISTINCT role) AS ever,
        coalesce((SELECT max(${msOf("given.at")}) FROM given WHERE given.email = people.email),
          (SELECT ${msOf("created_at")} FROM studies WHERE id = $1)) AS "changedMs"
      FROM people GROUP BY email HAVING count(DISTINCT role) > 1`,
    values: [study.id],
  });
  return rows.map(({ email, now, ever, changedMs }) => ({
    key: `TWO_ROLES:${email}`,
    kind: "TWO_ROLES",
    animal: null,
    entry: null,
    atMs: changedMs,
    changedMs,
    by: email,
    says:
      (now ?? []).length === ever.length
        ? `${email} is ${joined(ever)} of this study at once`
        : `${email} has been ${joined(ever)} of this study, one after the other or at once`,
    weight: (now ?? []).length === ever.length ? 1 : 0,
  }));
};
