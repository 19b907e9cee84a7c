import "server-only";
import type { ListedUser } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/command/actor";
import { ACCOUNT_COLUMNS } from "./account-row";

/** Every account, by email. */
export const listUsers = async (actor: Actor): Promise<Result<{ readonly users: ListedUser[] }, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const { rows } = await database().pool.query<ListedUser>(
    `SELECT ${ACCOUNT_COLUMNS}, coalesce(locked_until > clock_timestamp(), false) AS locked,
       EXISTS (SELECT FROM second_factors WHERE user_id = users.id AND set_at IS NOT NULL) AS "secondFactor"
     FROM users ORDER BY lower(email)`,
  );
  return ok({ users: rows });
};
