import "server-only";
import type { OwnPasswordChange } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import { setPassword } from "@/lib/server/store/accounts";
import { endEverything } from "@/lib/server/store/sessions";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/** Replaces one's own password. Every session and token of the account ends: one signs in again with the new one. */
export const changeOwnPassword = async (
  actor: Actor,
  { newPassword, ...given }: OwnPasswordChange,
): Promise<Result<{ readonly changed: true }, Refusal>> => {
  const confirmed = await confirmIdentity(actor, given);
  if (!confirmed.ok) return confirmed;
  const weakness = passwordWeakness(newPassword, actor.email);
  if (weakness !== null) return refused(fieldRefusal("WEAK_PASSWORD", "newPassword", `The password ${weakness}.`));
  const passwordHash = await hashPassword(newPassword);

  return command(auditedBy(actor), async (transaction) => {
    await setPassword(transaction, actor.userId, passwordHash);
    await endEverything(transaction, actor.userId);
    const record = { ...onAccount(actor.userId), kind: "PASSWORD_CHANGED", subject: actor.email } as const;
    return ok({ value: { changed: true } as const, audit: [record] });
  });
};
