import "server-only";
import type { User } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";
import { ACCOUNT_COLUMNS } from "./account-row";

/** Every account, by email. */
export const listUsers = async (actor: Actor): Promise<Result<{ readonly users: User[] }, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const { rows } = await database().pool.query<User>(`SELECT ${ACCOUNT_COLUMNS} FROM users ORDER BY lower(email)`);
  return ok({ users: rows });
};
