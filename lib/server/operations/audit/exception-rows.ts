import "server-only";
import { refusalWords } from "@/lib/domain/language/refusal-words";
import type { AuditException } from "@/lib/domain/trail/exceptions";
import { epochDayOf, localDateText, startOfLocalDay } from "@/lib/domain/time/local-time";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { AUDITS_EVERY_STUDY } from "@/lib/server/auth/audits-every-study";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

type TroubleRow = {
  readonly about: string;
  readonly day: string;
  readonly attempts: number;
  readonly locked: boolean;
  readonly lastMs: number;
};

const counted = (count: number, one: string, more: string): string => `${String(count)} ${count === 1 ? one : more}`;

/**
 * Sign-ins that failed of whoever may act in the study or reads it, by person and day of the study's calendar. One
 * mistyped password is no trouble.
 */
export const signInTrouble = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<TroubleRow>({
    text: `
      SELECT users.email AS about, to_char(e.at AT TIME ZONE $2, 'YYYY-MM-DD') AS day,
        (count(*) FILTER (WHERE e.kind <> 'ACCOUNT_LOCKED'))::int AS attempts,
        bool_or(e.kind = 'ACCOUNT_LOCKED') AS locked, max(${msOf("e.at")}) AS "lastMs"
      FROM users JOIN audit_events e ON e.chain = 'account:' || users.id
      WHERE e.kind IN ('SIGN_IN_FAILED', 'PASSWORD_REFUSED', 'ACCOUNT_LOCKED')
        AND (users.administrator OR ${AUDITS_EVERY_STUDY}
          OR EXISTS (SELECT FROM study_roles r WHERE r.study_id = $1 AND r.user_id = users.id))
      GROUP BY users.email, day
      HAVING count(*) FILTER (WHERE e.kind <> 'ACCOUNT_LOCKED') > 1 OR bool_or(e.kind = 'ACCOUNT_LOCKED')`,
    values: [study.id, study.timeZone],
  });
  return rows.map(({ about, day, attempts, locked, lastMs }) => {
    const date = localDateText(startOfLocalDay(epochDayOf(day), study.timeZone), study.timeZone);
    const refusals = counted(attempts, "password of", "passwords of");
    return {
      key: `SIGN_IN_TROUBLE:${about}:${day}`,
      kind: "SIGN_IN_TROUBLE",
      animal: null,
      entry: null,
      atMs: lastMs,
      changedMs: lastMs,
      by: about,
      says: `${refusals} ${about} refused on ${date}${locked ? "; the account was locked" : ""}`,
      weight: attempts,
    };
  });
};

type RefusedRow = {
  readonly chain: string;
  readonly sequence: string;
  readonly by: string;
  /** What was tried. */
  readonly action: string;
  readonly cause: string | null;
  readonly animal: string | null;
  readonly atMs: number;
};

/** What people of the study, and others, tried in it and were refused. */
export const refusedAttempts = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const rows = await transaction.query<RefusedRow>({
    text: `
      SELECT e.chain, e.sequence::text AS sequence, e.actor_text AS by, e.new_value::json->>'cause' AS cause,
        CASE e.kind WHEN 'ACCESS_REFUSED' THEN e.subject ELSE 'entry.record' END AS action, a.tag AS animal, ${msOf("e.at")} AS "atMs"
      FROM audit_events e LEFT JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id)
      WHERE e.study_id = $1 AND e.kind IN ('ACCESS_REFUSED', 'RECORDING_REFUSED')`,
    values: [study.id],
  });
  return rows.map(({ chain, sequence, by, action, cause, animal, atMs }) => ({
    key: `REFUSED:${chain}:${sequence}`,
    kind: "REFUSED",
    animal,
    entry: null,
    atMs,
    changedMs: atMs,
    by,
    says: `${by} was refused ${action}${cause === null ? "" : `: ${refusalWords(cause)}`}`,
    weight: 0,
  }));
};
