import "server-only";
import { INSTALLATION_CHAIN, accountChain, animalChain, studyChain } from "@/lib/domain/trail/chain";
import type { AuditKind, AuditOrigin } from "@/lib/domain/trail/events";
import type { Statement, Transaction } from "@/lib/server/db/transaction";

/** Who does what is recorded, and from where. Without an account (null) only the system and the console act. */
export type AuditedBy = {
  readonly actorId: string | null;
  /** The roles that they act in, joined by commas. */
  readonly roles: string;
  readonly origin: AuditOrigin;
  /** Remote address and program, where known. */
  readonly address: string | null;
};

/** The chain that an event belongs on. */
export type AuditPlace = {
  readonly chain: string;
  readonly studyId: number | null;
  readonly animalId: number | null;
};

type StudyName = { readonly id: number; readonly code: string };

export const onAnimal = ({ id, code }: StudyName, animalId: number): AuditPlace => ({
  chain: animalChain(code, animalId),
  studyId: id,
  animalId,
});
export const onStudy = ({ id, code }: StudyName): AuditPlace => ({
  chain: studyChain(code),
  studyId: id,
  animalId: null,
});
export const onAccount = (userId: string): AuditPlace => ({
  chain: accountChain(userId),
  studyId: null,
  animalId: null,
});
export const ON_INSTALLATION: AuditPlace = { chain: INSTALLATION_CHAIN, studyId: null, animalId: null };

/** An event as whoever writes it says it; place in the chain, instant, actor and hash are the database's. */
export type AuditRecord = AuditPlace & {
  readonly kind: AuditKind;
  /** Of the one event that an entry has. */
  readonly entryId?: string;
  readonly subject?: string | null;
  /** Kept, and hashed, as JSON. */
  readonly oldValue?: unknown;
  readonly newValue?: unknown;
  readonly reason?: string | null;
};

const jsonOrNull = (value: unknown): string | null =>
  value === undefined || value === null ? null : JSON.stringify(value);

/** The parameter of `AUDIT_INSERT`. */
export const auditParameter = (
  { actorId, roles, origin, address }: AuditedBy,
  records: readonly AuditRecord[],
): string =>
  JSON.stringify({
    actor: actorId,
    roles,
    origin,
    address,
    events: records.map(({ oldValue, newValue, ...record }) => ({
      ...record,
      oldValue: jsonOrNull(oldValue),
      newValue: jsonOrNull(newValue),
    })),
  });

const SETTINGS = ["actor", "roles", "origin", "address"] as const;

const settingsText = (parameter: number): string => `
  SELECT ${SETTINGS.map((name) => `set_config('doseline.${name}', coalesce(w.${name}, ''), true)`).join(", ")}
  FROM json_to_record($${String(parameter)}::json) AS w(${SETTINGS.map((name) => `${name} text`).join(", ")})`;

/** Says who acts, and appends their events; the settings hold until the transaction ends. */
export const auditInsert = (parameter: number): string => `
  INSERT INTO audit_events (chain, kind, study_id, animal_id, entry_id, subject, old_value, new_value, reason)
  SELECT r.chain, r.kind, r."studyId", r."animalId", r."entryId", r.subject, r."oldValue", r."newValue", r.reason
  FROM (${settingsText(parameter)}) who, json_to_recordset($${String(parameter)}::json -> 'events') AS r(chain text, kind text,
    "studyId" integer, "animalId" integer, "entryId" text, subject text, "oldValue" text, "newValue" text, reason text)`;

/** As a statement of its own. At least one event. */
export const auditStatement = (by: AuditedBy, records: readonly [AuditRecord, ...AuditRecord[]]): Statement => ({
  name: "append_audit",
  text: auditInsert(1),
  values: [auditParameter(by, records)],
});

export const appendEvents = async (
  transaction: Transaction,
  by: AuditedBy,
  records: readonly [AuditRecord, ...AuditRecord[]],
): Promise<void> => {
  await transaction.query(auditStatement(by, records));
};

/** Says who acts in the rest of the transaction, for what asks before an event is written. */
export const actAs = async (transaction: Transaction, by: AuditedBy): Promise<void> => {
  await transaction.query({ name: "act_as", text: settingsText(1), values: [auditParameter(by, [])] });
};
