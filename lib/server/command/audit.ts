import "server-only";
import { appendEvents } from "@/lib/server/store/audit-events";
import type { AuditRecord, AuditedBy } from "@/lib/server/store/audit-events";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "./actor";

/** What no person does: jobs, and what the server does for itself. */
export const SYSTEM: AuditedBy = { actorId: null, roles: "", origin: "system", address: null };

/** An actor in the roles that they act in: those in a study, or, without, those in the installation. */
export const auditedBy = (actor: Actor, roles: readonly string[] = installationRoles(actor)): AuditedBy => ({
  actorId: actor.via === "console" ? null : actor.userId,
  roles: roles.join(","),
  origin: actor.via,
  address: actor.address ?? null,
});

const installationRoles = ({ administrator, auditor }: Actor): readonly string[] => [
  ...(administrator ? ["administrator"] : []),
  ...(auditor ? ["auditor"] : []),
];

/** Appends events to their chains, in the transaction of what they record. */
export const appendAudit = async (
  transaction: Transaction,
  by: AuditedBy,
  records: readonly [AuditRecord, ...AuditRecord[]],
): Promise<void> => {
  await appendEvents(transaction, by, records);
};

/** Records what was refused, or has nothing else to be kept with, in a transaction of its own. */
export const recordEvent = (by: AuditedBy, record: AuditRecord): Promise<void> =>
  inTransaction(database(), async (transaction) => {
    await appendAudit(transaction, by, [record]);
    return { keep: true, value: undefined };
  });
