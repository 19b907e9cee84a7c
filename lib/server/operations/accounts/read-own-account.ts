import "server-only";
import type { OwnAccount } from "@/lib/contracts/accounts";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { openSecret } from "@/lib/server/auth/factor-key";
import { openSessionsOf } from "@/lib/server/auth/sessions";
import { countRecoveryCodes, factorOf } from "@/lib/server/store/second-factors";
import type { Actor } from "@/lib/server/command/actor";

const secondFactorOf = async (userId: string): Promise<OwnAccount["secondFactor"]> => {
  const factor = await factorOf(userId);
  if (factor?.setAt == null) return null;
  const recoveryCodesLeft = await countRecoveryCodes(userId);
  return { setAt: factor.setAt.toISOString(), recoveryCodesLeft, readable: openSecret(userId, factor) !== null };
};

/** One's own account: its second factor, and what is open in its name. */
export const readOwnAccount = async ({ userId, email, name }: Actor): Promise<Result<OwnAccount, Refusal>> => {
  const [secondFactor, open] = await Promise.all([secondFactorOf(userId), openSessionsOf(userId)]);
  return ok({ email, name, secondFactor, ...open });
};
