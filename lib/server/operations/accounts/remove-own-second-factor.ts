import "server-only";
import type { Confirmation } from "@/lib/contracts/confirmation";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { deleteFactor, hasFactor } from "@/lib/server/store/second-factors";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

const NONE = refusal("NO_SECOND_FACTOR", "Your account has no second factor.");

/** Takes off one's own second factor, with password and code: its secret and its recovery codes are gone. */
export const removeOwnSecondFactor = async (
  actor: Actor,
  given: Confirmation,
): Promise<Result<{ readonly removed: true }, Refusal>> => {
  if (!(await hasFactor(actor.userId))) return refused(NONE);
  const confirmed = await confirmIdentity(actor, given);
  if (!confirmed.ok) return confirmed;
  return command(auditedBy(actor), async (transaction) => {
    if (!(await deleteFactor(transaction, actor.userId))) return refused(NONE);
    const record = { ...onAccount(actor.userId), kind: "SECOND_FACTOR_REMOVED", subject: actor.email } as const;
    return ok({ value: { removed: true } as const, audit: [record] });
  });
};
