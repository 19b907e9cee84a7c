import "server-only";
import type { OwnPasswordChange } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmPassword } from "@/lib/server/auth/confirm-password";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import type { Actor } from "@/lib/server/kernel/actor";
import { onAccount } from "@/lib/server/db/audit-events";
import { auditedBy } from "@/lib/server/kernel/audit";
import { command } from "@/lib/server/kernel/command";

/** Replaces one's own password. Every session and token of the account ends: one signs in again with the new one. */
export const changeOwnPassword = async (
  actor: Actor,
  { password, newPassword }: OwnPasswordChange,
): Promise<Result<{ readonly changed: true }, Refusal>> => {
  const confirmed = await confirmPassword(actor, password);
  if (!confirmed.ok) return confirmed;
  const weakness = passwordWeakness(newPassword, actor.email);
  if (weakness !== null) return refused(fieldRefusal("WEAK_PASSWORD", "newPassword", `The password ${weakness}.`));
  const passwordHash = await hashPassword(newPassword);

  return command(auditedBy(actor), async (transaction) => {
    await transaction.query({
      text: `UPDATE users SET password_hash = $2, session_epoch = session_epoch + 1 WHERE id = $1`,
      values: [actor.userId, passwordHash],
    });
    await transaction.query({
      text: `UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL`,
      values: [actor.userId],
    });
    const record = { ...onAccount(actor.userId), kind: "PASSWORD_CHANGED", subject: actor.email } as const;
    return ok({ value: { changed: true } as const, audit: [record] });
  });
};
