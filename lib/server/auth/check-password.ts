import "server-only";
import { database } from "@/lib/server/db/database";
import { onAccount } from "@/lib/server/db/audit-events";
import { SYSTEM, recordEvent } from "@/lib/server/kernel/audit";
import { passwordMatches } from "./password";

/** Wrong passwords in a row before the account is locked, at sign-in and at signatures together. */
const MOST_ATTEMPTS = 8;
/** How long a lock lasts. Not for ever: else anybody could lock anybody out. */
const LOCK_MINUTES = 15;

export type PasswordVerdict =
  | { readonly verdict: "right"; readonly userId: string }
  /** `userId` null: there is no such account. `reason` is for the audit trail alone. */
  | { readonly verdict: "wrong" | "locked"; readonly userId: string | null; readonly reason: string };

type Attempt = {
  readonly id: string;
  readonly passwordHash: string | null;
  readonly disabled: boolean;
  readonly locked: boolean;
  /** Whether this attempt locks the account, unless its password is right. */
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
    RETURNING users.id::text, users.password_hash AS "passwordHash", users.disabled_at IS NOT NULL AS disabled, account.locked,
      NOT account.locked AND account.failures + 1 >= $2 AS locks`,
    [email, MOST_ATTEMPTS, LOCK_MINUTES],
  );
  return attempt ?? null;
};

const reasonOf = (attempt: Attempt | null): string => {
  if (attempt === null) return "there is no such account";
  if (attempt.locked) return "the account is locked";
  return attempt.disabled ? "the account is disabled" : "the password was wrong";
};

/**
 * Judges a password. An unknown, a locked and a disabled account cost the same work as a wrong password, so that
 * neither answer nor time tells a stranger which accounts there are; only a person already known may be told "locked".
 */
export const checkPassword = async (email: string, password: string): Promise<PasswordVerdict> => {
  const attempt = await countAttempt(email);
  const judged = attempt !== null && !attempt.locked && !attempt.disabled ? attempt : null;
  const matches = await passwordMatches(judged?.passwordHash ?? null, password);
  if (judged === null || !matches) {
    if (attempt?.locks === true) {
      await recordEvent(SYSTEM, { ...onAccount(attempt.id), kind: "ACCOUNT_LOCKED", subject: email });
    }
    return {
      verdict: attempt?.locked === true ? "locked" : "wrong",
      userId: attempt?.id ?? null,
      reason: reasonOf(attempt),
    };
  }
  await database().pool.query(`UPDATE users SET failed_attempts = 0, locked_until = NULL WHERE id = $1::uuid`, [
    judged.id,
  ]);
  return { verdict: "right", userId: judged.id };
};
