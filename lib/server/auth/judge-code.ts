import "server-only";
import { onAccount } from "@/lib/server/store/audit-events";
import type { AuditedBy } from "@/lib/server/store/audit-events";
import { clockOf } from "@/lib/server/store/clock";
import { acceptStep, factorOf, useRecoveryCode } from "@/lib/server/store/second-factors";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import { appendAudit } from "@/lib/server/command/audit";
import { openSecret } from "./factor-key";
import { readOneTimeCode, stepAt, stepOfCode } from "./one-time-code";
import { hashRecoveryCode, readRecoveryCode } from "./recovery-codes";

/** Right as well where no second factor is set. Unreadable: the server's secret is another one since it was set. */
export type CodeVerdict = "right" | "code-missing" | "code-wrong" | "code-used" | "code-unreadable";

type Account = { readonly id: string; readonly email: string };

const judgeRecoveryCode = (by: AuditedBy, { id, email }: Account, hash: Buffer): Promise<CodeVerdict> =>
  inTransaction<CodeVerdict>(database(), async (transaction) => {
    const used = await useRecoveryCode(transaction, id, hash);
    if (used.use !== "used-now") return { keep: false, value: used.use === "unknown" ? "code-wrong" : "code-used" };
    const newValue = { left: used.left };
    await appendAudit(transaction, by, [{ ...onAccount(id), kind: "RECOVERY_CODE_USED", subject: email, newValue }]);
    return { keep: true, value: "right" };
  });

/** Judges what was typed as the code of an account whose password was right; a right code is used up by it. */
export const judgeCode = async (by: AuditedBy, account: Account, typed: string): Promise<CodeVerdict> => {
  const factor = await factorOf(account.id);
  if (factor?.salt == null) return "right";
  if (typed.trim() === "") return "code-missing";
  const recovery = readRecoveryCode(typed);
  if (recovery !== null) return judgeRecoveryCode(by, account, await hashRecoveryCode(recovery, factor.salt));
  const code = readOneTimeCode(typed);
  if (code === null) return "code-wrong";
  const secret = openSecret(account.id, factor);
  if (secret === null) return "code-unreadable";
  const step = stepOfCode(secret, code, stepAt(await clockOf()));
  if (step === null) return "code-wrong";
  return (await acceptStep(account.id, step)) ? "right" : "code-used";
};
