import "server-only";
import type { AuditException } from "@/lib/domain/audit-reading/exceptions";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { msOf } from "@/lib/server/db/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

type TroubleRow = {
  readonly about: string;
  readonly day: string;
  readonly attempts: number;
  readonly locked: boolean;
  readonly lastMs: number;
};

const counted = (count: number, one: string, more: string): string => `${String(count)} ${count === 1 ? one : more}`;

/** Sign-ins that failed of people of the study, by person and day (UTC). One mistyped password is no trouble. */
export const signInTrouble = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<TroubleRow>({
    text: `
      SELECT u.email AS about, to_char(e.at, 'YYYY-MM-DD') AS day, count(*)::int AS attempts,
        bool_or(e.kind = 'ACCOUNT_LOCKED') AS locked, max(${msOf("e.at")}) AS "lastMs"
      FROM study_roles r JOIN users u ON u.id = r.user_id JOIN audit_events e ON e.chain = 'account:' || u.id
      WHERE r.study_id = $1 AND e.kind IN ('SIGN_IN_FAILED', 'PASSWORD_REFUSED', 'ACCOUNT_LOCKED')
      GROUP BY u.email, day HAVING count(DISTINCT e.sequence) > 1 OR bool_or(e.kind = 'ACCOUNT_LOCKED')`,
    values: [study.id],
  });
  return rows.map(({ about, day, attempts, locked, lastMs }) => ({
    key: `SIGN_IN_TROUBLE:${about}:${day}`,
    kind: "SIGN_IN_TROUBLE",
    animal: null,
    entry: null,
    atMs: lastMs,
    by: about,
    says: `${counted(attempts, "event", "events")} of failed sign-ins of ${about} on ${day}${locked ? "; the account was locked" : ""}`,
    weight: attempts,
  }));
};

type RefusedRow = {
  readonly chain: string;
  readonly sequence: string;
  readonly by: string;
  readonly subject: string | null;
  readonly animal: string | null;
  readonly atMs: number;
};

/** What people of the study tried and were refused. */
export const refusedAttempts = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<RefusedRow>({
    text: `
      SELECT e.chain, e.sequence::text AS sequence, e.actor_text AS by, e.subject, a.tag AS animal, ${msOf("e.at")} AS "atMs"
      FROM audit_events e LEFT JOIN animals a ON a.id = e.animal_id
      WHERE e.study_id = $1 AND e.kind IN ('ACCESS_REFUSED', 'RECORDING_REFUSED')`,
    values: [study.id],
  });
  return rows.map(({ chain, sequence, by, subject, animal, atMs }) => ({
    key: `REFUSED:${chain}:${sequence}`,
    kind: "REFUSED",
    animal,
    entry: null,
    atMs,
    by,
    says: `${by} tried what their role does not allow${subject === null ? "" : ` (${subject})`}`,
    weight: 0,
  }));
};
