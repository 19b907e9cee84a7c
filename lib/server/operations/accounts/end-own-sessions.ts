import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { endEverything } from "@/lib/server/store/sessions";
import { onAccount } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/** Ends every session and personal token of the asking person, the one that asks included. */
export const endOwnSessions = (actor: Actor): Promise<Result<{ readonly ended: true }, Refusal>> =>
  command(auditedBy(actor), async (transaction) => {
    await endEverything(transaction, actor.userId);
    const record = { ...onAccount(actor.userId), kind: "SESSIONS_ENDED", subject: actor.email } as const;
    return ok({ value: { ended: true } as const, audit: [record] });
  });
