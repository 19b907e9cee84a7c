import "server-only";
import type { Confirmation } from "@/lib/contracts/confirmation";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { checkCredentials } from "./check-credentials";
import type { CredentialsVerdict } from "./check-credentials";

const REFUSALS: Readonly<Record<Exclude<CredentialsVerdict["verdict"], "right">, Refusal>> = {
  wrong: fieldRefusal("WRONG_PASSWORD", "password", "The password is not right. Type it again."),
  locked: fieldRefusal(
    "TOO_MANY_REQUESTS",
    "password",
    "Too many wrong passwords or codes. Wait 15 minutes, or ask an administrator for a new password.",
  ),
  "code-missing": fieldRefusal(
    "CODE_REQUIRED",
    "code",
    "Your account has a second factor. Type the code that your app shows as well, or a recovery code.",
  ),
  "code-wrong": fieldRefusal(
    "WRONG_CODE",
    "code",
    "The code is not right. Type the one that your app shows now, or a recovery code; if it is refused again, set the clock of the app's device.",
  ),
  "code-used": fieldRefusal(
    "WRONG_CODE",
    "code",
    "This code was used already, and each works once. Wait for the next one, at most 30 seconds; of recovery codes take another.",
  ),
  "code-unreadable": fieldRefusal(
    "SECOND_FACTOR_UNREADABLE",
    "code",
    "The secret of the server has changed since your second factor was set, and codes of the app cannot be checked. Type a recovery code, or ask an administrator to take the second factor off.",
  ),
};

const within = (place: string, fault: Refusal): Refusal => ({
  ...fault,
  errors: fault.errors.map((error) => ({ ...error, path: `${place}${error.path}` })),
});

/**
 * Asks a signed-in person for the password again, and for a code where a second factor is set: for what must not be done
 * by a passer-by. Failures count. `place` is where the two stand in the request: "signature." or nothing.
 */
export const confirmIdentity = async (
  actor: Actor,
  given: Confirmation,
  place: "signature." | "" = "",
): Promise<Result<null, Refusal>> => {
  const { via, address = null } = actor;
  const checked = await checkCredentials(actor.email, given, { via, address, codeFollows: false });
  if (checked.verdict === "right") return ok(null);
  const { verdict, cause } = checked;
  const refusedAttempt = {
    ...onAccount(actor.userId),
    kind: "PASSWORD_REFUSED",
    subject: actor.email,
    newValue: { cause },
  } as const;
  await recordEvent(auditedBy(actor), refusedAttempt);
  return refused(within(place, REFUSALS[verdict]));
};
