import "server-only";
import type { OwnAccount } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { openSecret } from "@/lib/server/auth/factor-key";
import type { Sealed } from "@/lib/server/auth/factor-key";
import { openSessionsOf } from "@/lib/server/auth/sessions";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";

type FactorRow = Sealed & { readonly setAt: Date; readonly left: number };

const factorOf = async (userId: string): Promise<OwnAccount["secondFactor"]> => {
  const [row] = await connection.query<FactorRow>({
    text: `SELECT sealed, key_id AS "keyId", set_at AS "setAt",
             (SELECT count(*)::int FROM recovery_codes c WHERE c.user_id = f.user_id AND used_at IS NULL) AS left
           FROM second_factors f WHERE user_id = $1::uuid AND set_at IS NOT NULL`,
    values: [userId],
  });
  if (row === undefined) return null;
  const readable = openSecret(userId, row) !== null;
  return { setAt: row.setAt.toISOString(), recoveryCodesLeft: row.left, readable };
};

/** One's own account: its second factor, and what is open in its name. */
export const readOwnAccount = async ({ userId, email, name }: Actor): Promise<Result<OwnAccount, Refusal>> => {
  const [secondFactor, open] = await Promise.all([factorOf(userId), openSessionsOf(userId)]);
  return ok({ email, name, secondFactor, ...open });
};
