import "server-only";
import type { RefusalCause } from "@/lib/domain/language/refusal-words";
import type { Confirmation } from "@/lib/contracts/confirmation";
import { countAttempt, forgetAttempts, uncountAttempt } from "@/lib/server/store/attempts";
import type { Attempt } from "@/lib/server/store/attempts";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { SYSTEM, auditedBy, recordEvent } from "@/lib/server/command/audit";
import { judgeCode } from "./judge-code";
import type { CodeVerdict } from "./judge-code";
import { passwordMatches } from "./password";

/**
 * Wrong passwords and codes in a row before the account is locked, at sign-in and at signatures together, and how long a
 * lock lasts. Not for ever: else anybody could lock anybody out.
 */
const LIMITS = { mostAttempts: 8, lockSeconds: 15 * 60 };

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

const recordLock = async (attempt: Attempt | null, email: string): Promise<void> => {
  if (attempt?.locks !== true) return;
  await recordEvent(SYSTEM, { ...onAccount(attempt.id), kind: "ACCOUNT_LOCKED", subject: email });
};

/**
 * Judges password and code. The attempt is counted before the password is looked at: guesses sent side by side are counted
 * each. The attempt that reaches the limit is still judged, and those after it are not. An unknown, a locked and a disabled account cost the same work as a wrong password, so that
 * neither answer nor time tells a stranger which accounts there are; only a person already known may be told "locked",
 * and only who has the password that there is a second factor.
 */
export const checkCredentials = async (
  email: string,
  { password, code }: Confirmation,
  { via, address, codeFollows }: AskedAt,
): Promise<CredentialsVerdict> => {
  const attempt = await countAttempt(email, LIMITS);
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
    await forgetAttempts(userId);
    return { verdict, userId };
  }
  if (verdict === "code-missing" && codeFollows) await uncountAttempt(judged);
  else await recordLock(judged, email);
  return { verdict, userId, cause: CAUSES[verdict] };
};
