import "server-only";
import type { SetFactor } from "@/lib/contracts/accounts";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { openSecret } from "@/lib/server/auth/factor-key";
import { SET_UP_MINUTES, readOneTimeCode, stepAt, stepOfCode } from "@/lib/server/auth/one-time-code";
import { newRecoveryCodes } from "@/lib/server/auth/recovery-codes";
import { onAccount } from "@/lib/server/store/audit-events";
import { before, clockOf } from "@/lib/server/store/clock";
import { factorOf, setFactor } from "@/lib/server/store/second-factors";
import type { Factor } from "@/lib/server/store/second-factors";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

const SET_ALREADY = refusal(
  "SECOND_FACTOR_SET",
  "Your second factor is set already. If you have not seen its recovery codes, take it off and set it up again.",
);
const NO_SET_UP = refusal(
  "NO_SET_UP",
  `No second factor is being set up, or ${String(SET_UP_MINUTES)} minutes have gone by since: begin again, with your password.`,
);

/** The set-up as it was begun, and the step of its first code. */
const firstStep = async (
  transaction: Transaction,
  { userId }: Actor,
  typed: string,
): Promise<Result<{ readonly factor: Factor; readonly step: number }, Refusal>> => {
  const factor = await factorOf(userId, transaction);
  if (factor === null) return refused(NO_SET_UP);
  if (factor.setAt !== null) return refused(SET_ALREADY);
  const now = await clockOf(transaction);
  const secret = factor.begunAt > before(now, SET_UP_MINUTES * 60) ? openSecret(userId, factor) : null;
  if (secret === null) return refused(NO_SET_UP);
  const code = readOneTimeCode(typed);
  const step = code === null ? null : stepOfCode(secret, code, stepAt(now));
  return step === null
    ? refused(
        fieldRefusal(
          "WRONG_CODE",
          "code",
          "The code is not one of this set-up. Type the six digits that the app shows now; if they are refused again, set the clock of the app's device.",
        ),
      )
    : ok({ factor, step });
};

/** Sets the second factor that was begun, once its app has given a right code, and makes its recovery codes. */
export const setSecondFactor = (
  actor: Actor,
  { code }: { readonly code: string },
): Promise<Result<SetFactor, Refusal>> =>
  command(auditedBy(actor), async (transaction) => {
    const first = await firstStep(transaction, actor, code);
    if (!first.ok) return first;
    const { factor, step } = first.value;
    const { codes, salt, hashes } = await newRecoveryCodes();
    if (!(await setFactor(transaction, actor.userId, factor, { step, salt, hashes }))) return refused(NO_SET_UP);
    const record = { ...onAccount(actor.userId), kind: "SECOND_FACTOR_SET", subject: actor.email } as const;
    return ok({ value: { recoveryCodes: [...codes] }, audit: [record] });
  });
