import "server-only";
import { onAccount } from "@/lib/server/store/audit-events";
import type { AuditedBy } from "@/lib/server/store/audit-events";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import { appendAudit } from "@/lib/server/command/audit";
import { openSecret } from "./factor-key";
import type { Sealed } from "./factor-key";
import { STEP_SECONDS, readOneTimeCode, stepOfCode } from "./one-time-code";
import { hashRecoveryCode, readRecoveryCode } from "./recovery-codes";

/** Right as well where no second factor is set. Unreadable: the server's secret is another one since it was set. */
export type CodeVerdict = "right" | "code-missing" | "code-wrong" | "code-used" | "code-unreadable";

type Account = { readonly id: string; readonly email: string };

type FactorRow = Sealed & { readonly salt: Buffer; readonly step: number };

/** The database's clock, as for every instant: all servers of an installation count the same steps. */
export const NOW_STEP = `floor(extract(epoch FROM clock_timestamp()) / ${String(STEP_SECONDS)})::int`;

const factorOf = async (userId: string): Promise<FactorRow | null> => {
  const [row] = await connection.query<FactorRow>({
    text: `SELECT sealed, key_id AS "keyId", recovery_salt AS salt, ${NOW_STEP} AS step
           FROM second_factors WHERE user_id = $1::uuid AND set_at IS NOT NULL`,
    values: [userId],
  });
  return row ?? null;
};

/** Takes the code's step, and none that is not after the last one: of two requests with one code, one is refused. */
const acceptStep = async (userId: string, step: number): Promise<boolean> => {
  const accepted = await connection.query({
    text: `UPDATE second_factors SET last_step = $2 WHERE user_id = $1::uuid AND set_at IS NOT NULL AND last_step < $2 RETURNING user_id`,
    values: [userId, step],
  });
  return accepted.length === 1;
};

const useRecoveryCode = (by: AuditedBy, { id, email }: Account, hash: Buffer): Promise<CodeVerdict> =>
  inTransaction<CodeVerdict>(database(), async (transaction) => {
    const used = await transaction.query({
      text: `UPDATE recovery_codes SET used_at = clock_timestamp() WHERE user_id = $1::uuid AND code_hash = $2 AND used_at IS NULL RETURNING user_id`,
      values: [id, hash],
    });
    const [codes] = await transaction.query<{ readonly known: boolean; readonly left: number }>({
      text: `SELECT coalesce(bool_or(code_hash = $2), false) AS known, count(*) FILTER (WHERE used_at IS NULL)::int AS left
             FROM recovery_codes WHERE user_id = $1::uuid`,
      values: [id, hash],
    });
    if (used.length === 0) return { keep: false, value: codes?.known === true ? "code-used" : "code-wrong" };
    const newValue = { left: codes?.left };
    await appendAudit(transaction, by, [{ ...onAccount(id), kind: "RECOVERY_CODE_USED", subject: email, newValue }]);
    return { keep: true, value: "right" };
  });

/** Judges what was typed as the code of an account whose password was right; a right code is used up by it. */
export const judgeCode = async (by: AuditedBy, account: Account, typed: string): Promise<CodeVerdict> => {
  const factor = await factorOf(account.id);
  if (factor === null) return "right";
  if (typed.trim() === "") return "code-missing";
  const recovery = readRecoveryCode(typed);
  if (recovery !== null) return useRecoveryCode(by, account, await hashRecoveryCode(recovery, factor.salt));
  const code = readOneTimeCode(typed);
  if (code === null) return "code-wrong";
  const secret = openSecret(account.id, factor);
  if (secret === null) return "code-unreadable";
  const step = stepOfCode(secret, code, factor.step);
  if (step === null) return "code-wrong";
  return (await acceptStep(account.id, step)) ? "right" : "code-used";
};
