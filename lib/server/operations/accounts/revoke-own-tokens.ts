import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { revokeTokens } from "@/lib/server/store/sessions";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/** Ends every personal token of the asking person, the one that asks included. Answers how many there were. */
export const revokeOwnTokens = (actor: Actor): Promise<Result<{ readonly revoked: number }, Refusal>> =>
  command(auditedBy(actor), async (transaction) => {
    const revoked = await revokeTokens(transaction, actor.userId);
    const record = {
      ...onAccount(actor.userId),
      kind: "TOKENS_REVOKED",
      subject: actor.email,
      newValue: revoked,
    } as const;
    return ok({ value: { revoked }, audit: revoked === 0 ? "unchanged" : [record] });
  });
