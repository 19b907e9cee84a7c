import "server-only";
import { accountEmail } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { openToken } from "@/lib/server/auth/tokens";
import { accountOfEmail } from "@/lib/server/store/accounts";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";

/**
 * A new personal token for an account. It speaks with all the rights of its owner, so it is only given at the server's
 * own console: there is no route that leads here.
 */
export const issueToken = async (actor: Actor, email: string): Promise<Result<string, Refusal>> => {
  const read = accountEmail.safeParse(email);
  const account = await accountOfEmail(read.data ?? "");
  if (account === null || account.disabledAt !== null)
    return refused(fieldRefusal("UNKNOWN_USER", "email", `There is no account in use for ${email}.`));
  return ok(await openToken(auditedBy(actor), account.id, "console"));
};
