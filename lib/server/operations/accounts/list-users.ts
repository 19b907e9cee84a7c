import "server-only";
import type { ListedUser } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { listAccounts } from "@/lib/server/store/accounts";

/** Every account, by email. */
export const listUsers = async (actor: Actor): Promise<Result<{ readonly users: ListedUser[] }, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  return ok({ users: await listAccounts() });
};
