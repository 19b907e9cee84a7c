import "server-only";
import type { SetFactor } from "@/lib/contracts/accounts";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { openSecret } from "@/lib/server/auth/factor-key";
import type { Sealed } from "@/lib/server/auth/factor-key";
import { NOW_STEP } from "@/lib/server/auth/judge-code";
import { SET_UP_MINUTES, readOneTimeCode, stepOfCode } from "@/lib/server/auth/one-time-code";
import { newRecoveryCodes } from "@/lib/server/auth/recovery-codes";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

type BegunRow = Sealed & { readonly isSet: boolean; readonly waits: boolean; readonly step: number };

/** The step of the first code, in the set-up as it was begun. */
const firstStep = async (
  transaction: Transaction,
  { userId }: Actor,
  typed: string,
): Promise<Result<number, Refusal>> => {
  const [begun] = await transaction.query<BegunRow>({
    text: `SELECT sealed, key_id AS "keyId", set_at IS NOT NULL AS "isSet", ${NOW_STEP} AS step,
             begun_at > clock_timestamp() - make_interval(mins => $2) AS waits
           FROM second_factors WHERE user_id = $1::uuid FOR UPDATE`,
    values: [userId, SET_UP_MINUTES],
  });
  if (begun?.isSet === true) {
    return refused(
      refusal(
        "SECOND_FACTOR_SET",
        "Your second factor is set already. If you have not seen its recovery codes, take it off and set it up again.",
      ),
    );
  }
  const secret = begun?.waits === true ? openSecret(userId, begun) : null;
  if (begun === undefined || secret === null) {
    return refused(
      refusal(
        "NO_SET_UP",
        `No second factor is being set up, or ${String(SET_UP_MINUTES)} minutes have gone by since: begin again, with your password.`,
      ),
    );
  }
  const code = readOneTimeCode(typed);
  const step = code === null ? null : stepOfCode(secret, code, begun.step);
  return step === null
    ? refused(
        fieldRefusal(
          "WRONG_CODE",
          "code",
          "The code is not one of this set-up. Type the six digits that the app shows now; if they are refused again, set the clock of the app's device.",
        ),
      )
    : ok(step);
};

/** Sets the second factor that was begun, once its app has given a right code, and makes its recovery codes. */
export const setSecondFactor = (
  actor: Actor,
  { code }: { readonly code: string },
): Promise<Result<SetFactor, Refusal>> =>
  command(auditedBy(actor), async (transaction) => {
    const step = await firstStep(transaction, actor, code);
    if (!step.ok) return step;
    const { codes, salt, hashes } = await newRecoveryCodes();
    await transaction.query({
      text: `INSERT INTO recovery_codes (user_id, code_hash) SELECT $1::uuid, unnest($2::bytea[])`,
      values: [actor.userId, hashes],
    });
    await transaction.query({
      text: `UPDATE second_factors SET set_at = clock_timestamp(), last_step = $2, recovery_salt = $3 WHERE user_id = $1::uuid`,
      values: [actor.userId, step.value, salt],
    });
    const record = { ...onAccount(actor.userId), kind: "SECOND_FACTOR_SET", subject: actor.email } as const;
    return ok({ value: { recoveryCodes: [...codes] }, audit: [record] });
  });
