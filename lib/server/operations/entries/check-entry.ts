import "server-only";
import { entryDocument, unitInStudy } from "@/lib/contracts/entries/entry-document";
import type { EntryDocument, StudyUnits } from "@/lib/contracts/entries/entry-document";
import type { FieldFault } from "@/lib/contracts/problem";
import { type Action, actionsOfRecording, permits } from "@/lib/domain/access/permissions";
import { readEntry } from "@/lib/domain/record/read-entry";
import { localDate } from "@/lib/domain/time/local-time";
import { daysBetween } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import { parseInstant, writeInstant } from "@/lib/domain/time/instant";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { isAnalyte, analyteRow, analytesOf } from "@/lib/domain/record/analytes";
import type { Analyte } from "@/lib/domain/record/analytes";
import { isMeasuredKind, MEASURED_KINDS } from "@/lib/domain/record/kinds";
import type { AnimalSummary, SummaryMeasurement } from "@/lib/domain/animal/animal-summary";
import { assess } from "@/lib/domain/plausibility/plausible-ranges";
import { refused, ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { LockedAnimal } from "@/lib/server/store/lock-animals";
import type { Actor } from "@/lib/server/command/actor";
import { protocolFor } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";
import type { Amended } from "./amended-records";
import type { EntryFault, SentEntry } from "./sent-entries";

/** What an entry is checked against. */
export type CheckedIn = {
  readonly actor: Actor;
  readonly study: AuthorizedStudy;
  readonly rules: StudyRules;
  readonly animal: LockedAnimal;
  readonly summary: AnimalSummary;
  readonly recordedMs: number;
  readonly amended: Amended | undefined;
};

/** An entry that may be recorded: its document, what the engine reads of it, and what is unlikely about it. */
export type CheckedEntry = {
  readonly sent: SentEntry;
  readonly document: EntryDocument;
  readonly entry: LogEntry;
  readonly recordId: string;
  readonly warnings: readonly FieldFault[];
};

/** Before a protocol is signed only what can be a baseline is recorded. */
const BASELINE_KINDS: ReadonlySet<string> = new Set([...MEASURED_KINDS, "void"]);

/** What somebody may not do, at the field that says so, and whom to ask. */
const forbidden = (
  { input, path }: SentEntry,
  { study, amended }: CheckedIn,
  denied: Action,
): Pick<EntryFault, "path" | "message"> => {
  const held = study.roles.map((role) => role.replaceAll("_", " ")).join(" and ");
  const [field, id] = input.kind === "void" ? ["voids", input.voids] : ["corrects", input.corrects ?? ""];
  if (denied === "entry.correct-any" && amended !== undefined) {
    const recorder = amended.recorderName ?? "somebody else";
    const message = `is ${id}, which stands as ${recorder} recorded it: as ${held} you correct and void what you recorded yourself. Ask ${recorder} or the study director`;
    return { path: path(field), message };
  }
  const ask = `which as ${held} of study ${study.code} you may not do (${denied}): ask the study director`;
  if (denied === "order.any" && amended?.kind === "order") {
    return { path: path(field), message: `is ${id}, an order, and to change it is to order, ${ask}` };
  }
  return input.kind === "order"
    ? { path: path("action"), message: `is ${input.action}, ${ask}` }
    : { path: path("kind"), message: `is ${input.kind}, ${ask}` };
};

const permissionFaults = (sent: SentEntry, within: CheckedIn): readonly EntryFault[] => {
  const { input } = sent;
  const { actor, study, amended } = within;
  const actions = actionsOfRecording({
    kind: input.kind === "void" ? null : input.kind,
    orderAction: input.kind === "order" ? input.action : null,
    amends: amended === undefined ? null : { kind: amended.kind, own: amended.recordedBy === actor.userId },
  });
  const denied = actions.find((action) => !permits(study.roles, action));
  return denied === undefined ? [] : [{ ...forbidden(sent, within, denied), code: "FORBIDDEN" }];
};

const circumstanceFaults = (
  { input, path }: SentEntry,
  { study, rules, animal, recordedMs }: CheckedIn,
): readonly EntryFault[] => {
  if (!rules.signed && !BASELINE_KINDS.has(input.kind)) {
    const message = `is ${input.kind}: the protocol of study ${study.code} has not been signed, and before that only weights, counts, chemistry and observations are recorded`;
    return [{ path: path("kind"), code: "STUDY_NOT_ACTIVE", message }];
  }
  if (input.kind === "void") return [];
  const faults: EntryFault[] = [];
  const observed = parseInstant(input.observedAt);
  if (observed === null) throw new Error("an instant that was read before cannot be read");
  if (observed.ms > recordedMs) {
    faults.push({
      path: path("observedAt"),
      code: "ENTRY_IN_THE_FUTURE",
      message: `is in the future: by the server's clock it is ${writeInstant(recordedMs)}`,
    });
  }
  if (animal.birthDate !== null && localDate(observed.ms, study.timeZone) < animal.birthDate) {
    faults.push({
      path: path("observedAt"),
      code: "BEFORE_BIRTH",
      message: `is before the birth of ${animal.tag} on ${animal.birthDate}`,
    });
  }
  if (input.kind === "dose" && animal.startingDose === null) {
    faults.push({
      path: path("animal"),
      code: "ANIMAL_WITHOUT_GROUP",
      message: `is ${animal.tag}, which has no dose group to take its starting dose from: give it one first`,
    });
  }
  return faults;
};

const SUMMARY_NAMES: Readonly<Partial<Record<Analyte, SummaryMeasurement>>> = {
  grams: "weight",
  neutrophils: "neutrophils",
  platelets: "platelets",
  alt: "alt",
  ast: "ast",
  bilirubin: "bilirubin",
  temperature: "temperature",
};

/** The last value before this one, for the question whether the change is likely; not the one that is being corrected. */
const previousValue = (
  field: Analyte,
  { entry, sent }: Pick<CheckedEntry, "entry" | "sent">,
  { summary, study }: CheckedIn,
) => {
  const name = SUMMARY_NAMES[field];
  const last = name === undefined ? undefined : summary.latest[name];
  if (last === undefined || entry.kind === "void" || last.observedMs > entry.observedAt.ms) return undefined;
  if (sent.input.kind !== "void" && sent.input.corrects === last.entry) return undefined;
  return { value: new Decimal(last.value), daysAgo: daysBetween(last.observedMs, entry.observedAt.ms, study.timeZone) };
};

const typedOf = (document: EntryDocument, field: Analyte): { text: string; unit: string } | undefined => {
  const reported = document["reported"] as Readonly<Record<string, { text?: string; unit?: string }>> | undefined;
  const { text, unit } = reported?.[field] ?? {};
  return text === undefined || unit === undefined ? undefined : { text, unit };
};

type Likelihood = { readonly faults: readonly EntryFault[]; readonly warnings: readonly FieldFault[] };

const likelihood = (
  checked: Pick<CheckedEntry, "entry" | "sent" | "document">,
  within: CheckedIn,
  units: StudyUnits,
): Likelihood => {
  const { entry, sent, document } = checked;
  const faults: EntryFault[] = [];
  const warnings: FieldFault[] = [];
  if (!isMeasuredKind(entry.kind)) return { faults, warnings };
  for (const { field } of analytesOf(entry.kind)) {
    const value = document[field];
    if (typeof value !== "number") continue;
    const previous = previousValue(field, checked, within);
    const typed = typedOf(document, field);
    const found = assess({
      species: within.study.species,
      field,
      value: new Decimal(value),
      unit: unitInStudy(field, units),
      ...(previous === undefined ? {} : { previous }),
      ...(typed === undefined ? {} : { typed }),
    });
    if (found.level === "impossible")
      faults.push({ path: sent.path(field), code: "IMPOSSIBLE_VALUE", message: found.message });
    if (found.level === "unlikely")
      warnings.push({ path: sent.path(field), code: "UNLIKELY_VALUE", message: found.message });
  }
  return { faults, warnings };
};

const withPath = ({ path }: SentEntry, fault: { readonly path: string; readonly message: string }): EntryFault => {
  const [field] = fault.path.split(/[.[]/u);
  const label = field !== undefined && isAnalyte(field) ? ` (${analyteRow(field).label})` : "";
  return {
    path: path(fault.path === "$" ? "" : fault.path),
    code: "INVALID_VALUE",
    message: `${fault.message}${label}`,
  };
};

/** Reads one entry as the log will hold it, and says everything that speaks against recording it. */
export const checkEntry = (sent: SentEntry, within: CheckedIn): Result<CheckedEntry, readonly EntryFault[]> => {
  const { input } = sent;
  const refusedFor = [...permissionFaults(sent, within), ...circumstanceFaults(sent, within)];
  const observedMs =
    input.kind === "void" ? within.recordedMs : (parseInstant(input.observedAt)?.ms ?? within.recordedMs);
  const protocol = protocolFor(within.rules, observedMs);
  const units: StudyUnits = {
    bilirubin: protocol?.referenceRanges.bilirubin.unit ?? null,
    dose: protocol?.doseUnit ?? null,
  };
  const written = entryDocument(input, units);
  if (!written.ok) return refused([...refusedFor, ...written.fault.map((fault) => withPath(sent, fault))]);
  if (refusedFor.length > 0) return refused(refusedFor);

  const document = { ...written.value, recordedBy: within.actor.email, recordedAt: writeInstant(within.recordedMs) };
  const read = readEntry(document, "", within.animal.control);
  if (!read.ok) return refused([withPath(sent, read.fault)]);
  const { faults, warnings } = likelihood({ entry: read.value, sent, document }, within, units);
  if (faults.length > 0) return refused(faults);
  return ok({ sent, document, entry: read.value, recordId: within.amended?.recordId ?? input.id, warnings });
};
