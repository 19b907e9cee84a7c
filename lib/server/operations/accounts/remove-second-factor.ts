import "server-only";
import type { FactorRemoval } from "@/lib/contracts/accounts";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { lockAccount } from "@/lib/server/store/accounts";
import { deleteFactor } from "@/lib/server/store/second-factors";
import { endEverything } from "@/lib/server/store/sessions";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/**
 * Takes the second factor off the account of somebody who lost the device, for a reason. Nobody is shown its secret, and
 * what was open on that device ends.
 */
export const removeSecondFactor = async (
  actor: Actor,
  email: string,
  { reason }: FactorRemoval,
): Promise<Result<{ readonly removed: true }, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const known = email.toLowerCase();
  if (known === actor.email) {
    return refused(
      refusal(
        "FORBIDDEN",
        "Take your own second factor off on your account's page, with password and code, or ask another administrator.",
      ),
    );
  }
  return command(auditedBy(actor), async (transaction) => {
    const account = await lockAccount(transaction, known);
    if (account === null) return refused(refusal("NOT_FOUND", `There is no account for ${known}.`));
    if (!(await deleteFactor(transaction, account.id))) {
      return refused(refusal("NO_SECOND_FACTOR", `The account of ${known} has no second factor.`));
    }
    await endEverything(transaction, account.id);
    const record = { ...onAccount(account.id), kind: "SECOND_FACTOR_REMOVED", subject: known, reason } as const;
    return ok({ value: { removed: true } as const, audit: [record] });
  });
};
