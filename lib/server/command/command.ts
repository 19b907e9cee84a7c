import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { actAs, auditStatement } from "@/lib/server/store/audit-events";
import type { AuditRecord, AuditedBy } from "@/lib/server/store/audit-events";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Outcome, Transaction } from "@/lib/server/db/transaction";

/**
 * What a command came to: its value, with the events that record what it changed. "unchanged" where everything was so
 * already (sent twice, most often): then nothing is kept. "appended" where the work appended its events itself.
 */
export type Done<Value> = {
  readonly value: Value;
  readonly audit: readonly [AuditRecord, ...AuditRecord[]] | "unchanged" | "appended";
};

/**
 * Does all of a command or none of it, as somebody: its events are written in its transaction, and a refusal takes
 * everything back. There is no command without events: the database would refuse it at COMMIT.
 */
export const command = <Value>(
  by: AuditedBy,
  work: (transaction: Transaction) => Promise<Result<Done<Value>, Refusal>>,
): Promise<Result<Value, Refusal>> =>
  inTransaction(database(), async (transaction): Promise<Outcome<Result<Value, Refusal>>> => {
    await actAs(transaction, by);
    const done = await work(transaction);
    if (!done.ok) return { keep: false, value: done };
    const { value, audit } = done.value;
    if (audit === "unchanged") return { keep: false, value: ok(value) };
    if (audit === "appended") return { keep: true, value: ok(value) };
    return { keep: true, value: ok(value), last: auditStatement(by, audit) };
  });
