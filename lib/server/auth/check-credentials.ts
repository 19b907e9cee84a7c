import "server-only";
import type { RefusalCause } from "@/lib/domain/language/refusal-words";
import type { Confirmation } from "@/lib/contracts/confirmation";
import { database } from "@/lib/server/db/database";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { SYSTEM, auditedBy, recordEvent } from "@/lib/server/command/audit";
import { judgeCode } from "./judge-code";
import type { CodeVerdict } from "./judge-code";
import { passwordMatches } from "./password";

/** Wrong passwords and codes in a row before the account is locked, at sign-in and at signatures together. */
const MOST_ATTEMPTS = 8;
/** How long a lock lasts. Not for ever: else anybody could lock anybody out. */
const LOCK_MINUTES = 15;

export type CredentialsVerdict =
  | { readonly verdict: "right"; readonly userId: string }
  /** `userId` null: there is no such account. `cause` is for the audit trail alone. */
  | {
      readonly verdict: "wrong" | "locked" | Exclude<CodeVerdict, "right">;
      readonly userId: string | null;
      readonly cause: RefusalCause;
    };

/** Where the credentials came from, and whether the code is only asked for once the password was right. */
export type AskedAt = Pick<Actor, "via" | "address"> & { readonly codeFollows: boolean };

type Attempt = Omit<Actor, "via" | "userId" | "address"> & {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  /** Whether this attempt locks the account, unless its password and code are right. */
  readonly locks: boolean;
};

/**
 * Counts the attempt before the password is looked at: guesses sent side by side are counted each. The attempt that
 * reaches the limit is still judged, and those after it are not; a success starts the count anew.
 */
const countAttempt = async (email: string): Promise<Attempt | null> => {
  const {
    rows: [attempt],
  } = await database().pool.query<Attempt>(
    `
    WITH account AS (
      SELECT id, coalesce(locked_until > clock_timestamp(), false) AS locked,
             CASE WHEN locked_until <= clock_timestamp() THEN 0 ELSE failed_attempts END AS failures
      FROM users WHERE lower(email) = $1 FOR UPDATE
    )
    UPDATE users SET
      failed_attempts = CASE WHEN account.locked THEN users.failed_attempts ELSE account.failures + 1 END,
      locked_until = CASE
        WHEN account.locked THEN users.locked_until
        WHEN account.failures + 1 >= $2 THEN clock_timestamp() + make_interval(mins => $3)
      END
    FROM account WHERE users.id = account.id
    RETURNING users.id::text, users.email, users.name, users.administrator, users.auditor,
      users.password_hash AS "passwordHash", users.disabled_at IS NOT NULL AS disabled, account.locked,
      NOT account.locked AND account.failures + 1 >= $2 AS locks`,
    [email, MOST_ATTEMPTS, LOCK_MINUTES],
  );
  return attempt ?? null;
};

const CAUSES: Readonly<Record<Exclude<CodeVerdict, "right">, RefusalCause>> = {
  "code-missing": "CODE_MISSING",
  "code-wrong": "CODE_WRONG",
  "code-used": "CODE_USED",
  "code-unreadable": "CODE_UNREADABLE",
};

const causeOf = (attempt: Attempt | null): RefusalCause => {
  if (attempt === null) return "UNKNOWN_ACCOUNT";
  if (attempt.locked) return "ACCOUNT_LOCKED";
  return attempt.disabled ? "ACCOUNT_DISABLED" : "WRONG_PASSWORD";
};

const succeeded = (userId: string) =>
  database().pool.query(`UPDATE users SET failed_attempts = 0, locked_until = NULL WHERE id = $1::uuid`, [userId]);

/** The password was right and the code comes next: neither a failure nor, before the code, a success. */
const notCounted = ({ id, locks }: Attempt) =>
  database().pool.query(
    `UPDATE users SET failed_attempts = greatest(failed_attempts - 1, 0), locked_until = CASE WHEN $2 THEN NULL ELSE locked_until END
     WHERE id = $1::uuid`,
    [id, locks],
  );

const recordLock = async (attempt: Attempt | null, email: string): Promise<void> => {
  if (attempt?.locks !== true) return;
  await recordEvent(SYSTEM, { ...onAccount(attempt.id), kind: "ACCOUNT_LOCKED", subject: email });
};

/**
 * Judges password and code. An unknown, a locked and a disabled account cost the same work as a wrong password, so that
 * neither answer nor time tells a stranger which accounts there are; only a person already known may be told "locked",
 * and only who has the password that there is a second factor.
 */
export const checkCredentials = async (
  email: string,
  { password, code }: Confirmation,
  { via, address, codeFollows }: AskedAt,
): Promise<CredentialsVerdict> => {
  const attempt = await countAttempt(email);
  const judged = attempt !== null && !attempt.locked && !attempt.disabled ? attempt : null;
  const matches = await passwordMatches(judged?.passwordHash ?? null, password);
  if (judged === null || !matches) {
    await recordLock(attempt, email);
    const verdict = attempt?.locked === true ? "locked" : "wrong";
    return { verdict, userId: attempt?.id ?? null, cause: causeOf(attempt) };
  }
  const { id: userId } = judged;
  const by = auditedBy({ ...judged, userId, via, address: address ?? null });
  const verdict = await judgeCode(by, judged, code ?? "");
  if (verdict === "right") {
    await succeeded(userId);
    return { verdict, userId };
  }
  if (verdict === "code-missing" && codeFollows) await notCounted(judged);
  else await recordLock(judged, email);
  return { verdict, userId, cause: CAUSES[verdict] };
};
