import "server-only";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/kernel/actor";
import { onAccount } from "@/lib/server/db/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/kernel/audit";
import { checkPassword } from "./check-password";

/** Asks a signed-in person for the password again, for what must not be done by a passer-by. Failures count. */
export const confirmPassword = async (actor: Actor, password: string): Promise<Result<null, Refusal>> => {
  const checked = await checkPassword(actor.email, password);
  if (checked.verdict === "right") return ok(null);
  const { verdict, reason } = checked;
  const refusedAttempt = {
    ...onAccount(actor.userId),
    kind: "PASSWORD_REFUSED",
    subject: actor.email,
    reason,
  } as const;
  await recordEvent(auditedBy(actor), refusedAttempt);
  if (verdict === "wrong")
    return refused(fieldRefusal("WRONG_PASSWORD", "password", "The password is not right. Type it again."));
  return refused(
    fieldRefusal(
      "TOO_MANY_REQUESTS",
      "password",
      "Too many wrong passwords. Wait 15 minutes, or ask an administrator for a new one.",
    ),
  );
};
