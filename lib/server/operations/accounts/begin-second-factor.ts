import "server-only";
import type { BegunFactor } from "@/lib/contracts/accounts";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { sealSecret } from "@/lib/server/auth/factor-key";
import { SET_UP_MINUTES, newSecret, setUpOf } from "@/lib/server/auth/one-time-code";
import { beginFactor, hasFactor } from "@/lib/server/store/second-factors";
import type { Actor } from "@/lib/server/command/actor";

const SET_ALREADY = refusal(
  "SECOND_FACTOR_SET",
  "Your account has a second factor already. To set another one, take it off first, with your password and a code.",
);

/**
 * Makes the secret of a new second factor and shows it to its owner, who has typed the password. It is no factor yet, and
 * leaves no event: begun again, or never finished, it opens nothing and asks for nothing.
 */
export const beginSecondFactor = async (
  actor: Actor,
  { password }: { readonly password: string },
): Promise<Result<BegunFactor, Refusal>> => {
  if (await hasFactor(actor.userId)) return refused(SET_ALREADY);
  const confirmed = await confirmIdentity(actor, { password });
  if (!confirmed.ok) return confirmed;
  const secret = newSecret();
  if (!(await beginFactor(actor.userId, sealSecret(actor.userId, secret)))) return refused(SET_ALREADY);
  return ok({ ...setUpOf(secret, actor.email), minutes: SET_UP_MINUTES });
};
