import "server-only";
import { createHash } from "node:crypto";
import type { AuditFilters } from "@/lib/contracts/audit";
import type { Refusal } from "@/lib/contracts/problem";
import { writeInstant } from "@/lib/domain/time/instant";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { checkpointOfExport } from "@/lib/server/verifying/latest-checkpoint";
import { ON_INSTALLATION, onStudy } from "@/lib/server/store/audit-events";
import { allAuditRows } from "@/lib/server/store/audit-list";
import type { AuditRow } from "@/lib/server/store/audit-list";
import { csvText, escapedCell, filtersCell } from "@/lib/server/exports/csv-text";
import { streamFromSnapshot } from "@/lib/server/db/stream-rows";
import type { Snapshot } from "@/lib/server/db/stream-rows";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { askedEvents } from "./asked-events";
import { auditedPlace } from "./audited-place";
import type { AuditedPlace } from "./audited-place";

const COLUMNS = [
  ["Chain", ({ chain }) => chain],
  ["Sequence", ({ sequence }) => sequence],
  ["At", ({ atMs }) => writeInstant(atMs)],
  ["Kind", ({ kind }) => kind],
  ["Actor", ({ actor }) => actor],
  ["Roles", ({ roles }) => roles],
  ["Origin", ({ origin }) => origin],
  ["Address", ({ address }) => address],
  ["Animal", ({ animal }) => animal],
  ["Entry", ({ entry }) => entry],
  ["Subject", ({ subject }) => subject],
  ["Old value", ({ oldValue }) => oldValue],
  ["New value", ({ newValue }) => newValue],
  ["Reason", ({ reason }) => reason],
  ["Hash", ({ hash }) => hash],
] as const satisfies readonly (readonly [string, (row: AuditRow) => string | null])[];

const FILTER_NAMES: Readonly<Record<keyof AuditFilters, string>> = {
  animal: "Animal",
  person: "Person",
  kind: "Kind",
  from: "From",
  to: "To",
};

const csv = (rows: readonly (readonly string[])[]): string => csvText(rows.map((row) => row.map(escapedCell)));

async function* tableText(
  snapshot: Snapshot,
  place: AuditedPlace,
  filters: AuditFilters,
  count: (rows: number) => void,
): AsyncGenerator<string, void, undefined> {
  yield csv([COLUMNS.map(([header]) => header)]);
  const asked = await askedEvents(snapshot, place, filters);
  for await (const rows of allAuditRows(snapshot, asked)) {
    count(rows.length);
    yield csv(rows.map((row) => COLUMNS.map(([, cell]) => cell(row) ?? "")));
  }
}

type FileOf = {
  readonly place: AuditedPlace;
  readonly filters: AuditFilters;
  readonly actor: Actor;
  readonly exportedAt: string;
  readonly checkpoint: string;
};

/** The table twice from one snapshot: once to count and hash it, once to write it below what was found. */
async function* fileText(snapshot: Snapshot, { place, filters, actor, exportedAt, checkpoint }: FileOf) {
  const hash = createHash("sha256");
  let rows = 0;
  const count = (more: number): void => {
    rows += more;
  };
  for await (const text of tableText(snapshot, place, filters, count)) hash.update(text, "utf8");
  const sha256 = hash.digest("hex");
  const above = [
    ["Audit trail", place.study === null ? "Accounts and installation" : place.study.code],
    ["Filters", filtersCell(FILTER_NAMES, filters)],
    ["Rows", String(rows)],
    ["SHA-256 of the table below", sha256],
    ["Exported by", `${actor.name} <${actor.email}>`],
    ["Exported at", exportedAt],
    ["Checkpoint of the audit trail", checkpoint],
  ];
  yield `${csv(above)}\r\n`;
  yield* tableText(snapshot, place, filters, () => undefined);
}

/** A trail as a CSV file, with a name for it. That it leaves is itself an event, and in it. */
export const exportEvents = async (
  actor: Actor,
  code: string | null,
  filters: AuditFilters,
): Promise<Result<{ readonly name: string; readonly text: AsyncGenerator<string, void, undefined> }, Refusal>> => {
  const place = await auditedPlace(actor, code);
  if (!place.ok) return place;
  const exportedAt = new Date().toISOString();
  const name = `${place.value.study?.code ?? "installation"}-audit-${exportedAt.slice(0, 10)}.csv`;
  const { study } = place.value;
  const where = study === null ? ON_INSTALLATION : onStudy(study);
  const event = { ...where, kind: "AUDIT_EXPORTED" as const, subject: name, newValue: { filters } };
  await recordEvent(auditedBy(actor, study?.roles), event);
  const checkpoint = await checkpointOfExport(study);
  const file = { place: place.value, filters, actor, exportedAt, checkpoint };
  return ok({ name, text: streamFromSnapshot((snapshot) => fileText(snapshot, file)) });
};
