import type { Action, Citation, DeviationCode } from "../rules/history";

/** What a rule looked at when it led to an event: one per condition that held. Values as text, in their unit. */
export type Trigger = {
  /** NEUTROPENIA, ALT_INCREASED, RASH, … */
  readonly term: string;
  /** Null for a finding, which has a grade and no value. `<` or `>` of the laboratory stands before the number. */
  readonly value: string | null;
  readonly unit: string | null;
  /** "< 1.0", "> 300", "≥ 38.5": the edge that was crossed, in the same unit. */
  readonly cutOff: string | null;
  /** The animal's own baseline, where one was used. */
  readonly baseline: string | null;
  readonly grade: number | null;
};

/** One event of the dose-modification history; plain values, as the page, the CSV file and any later output need them. */
export type DoseModificationRow = {
  readonly study: string;
  readonly animal: string;
  readonly group: string | null;
  /** 1, 2, 3, … within the animal, in the order of the events; an event that no longer stands keeps its number. */
  readonly sequence: number;
  /** Null before the animal's first dose exists. */
  readonly studyDay: number | null;
  /** ISO 8601 with the offset it was written with. */
  readonly observedAt: string;
  readonly recordedAt: string;
  /** "26 h", "5 d": how late the decision became known, by its entry or by another that changed it; null where in time. */
  readonly lateBy: string | null;
  readonly action: Action;
  /** Decimals in their shortest form. */
  readonly fromDose: string;
  readonly toDose: string;
  readonly doseUnit: string;
  readonly rules: readonly Citation[];
  readonly triggers: readonly Trigger[];
  readonly ctcaeVersion: string;
  readonly protocolVersion: number;
  readonly ruleSet: string;
  readonly entry: string;
  readonly recordedBy: string | null;
  /** From when on the event was part of the history as known, and until when; null: it still is. */
  readonly inForceFrom: string;
  readonly inForceUntil: string | null;
  readonly deviations: readonly DoseDeviation[];
  /** Of the entry that led to the event. */
  readonly signatures: readonly RowSignature[];
  /** Why there is none where one belongs; null where none does. */
  readonly unsigned: "to be signed" | "imported, not signed here" | null;
};

export type RowSignature = {
  /** The printed name. */
  readonly by: string;
  readonly at: string;
  readonly meaning: string;
  /** The entry that broke it; "" where its content is another for no entry's sake, null while it holds. */
  readonly brokenBy: string | null;
};

export type DoseDeviation = { readonly entry: string; readonly code: DeviationCode };

/** A number keeps its sign whatever a spreadsheet thinks of it; a text that looks like a formula has to be escaped in CSV. */
export type CellKind = "text" | "number";

export type HistoryColumn = {
  readonly key: string;
  readonly header: string;
  readonly kind: CellKind;
  /** The cell; empty where there is nothing to say. */
  readonly cell: (row: DoseModificationRow) => string;
};

/** Several in one cell: no term, unit or id of ours contains "; ". */
const SEPARATOR = "; ";

const ofTriggers =
  (part: (trigger: Trigger) => string | number | null) =>
  (row: DoseModificationRow): string => {
    const cells = row.triggers.map((trigger) => String(part(trigger) ?? ""));
    return cells.some((cell) => cell !== "") ? cells.join(SEPARATOR) : "";
  };

const ofSignatures =
  (part: (signature: RowSignature) => string) =>
  (row: DoseModificationRow): string =>
    row.signatures.map(part).join(SEPARATOR);

const signatureState = ({ brokenBy }: RowSignature): string => {
  if (brokenBy === null) return "holds";
  return brokenBy === "" ? "broken: its content was altered" : `broken by ${brokenBy}`;
};

const text = (key: string, header: string, cell: HistoryColumn["cell"]): HistoryColumn => ({
  key,
  header,
  kind: "text",
  cell,
});
const number = (key: string, header: string, cell: HistoryColumn["cell"]): HistoryColumn => ({
  key,
  header,
  kind: "number",
  cell,
});

/**
 * The columns in their order, for the page and every file. The columns of the triggers are text: an event of two
 * toxicities has two values in each, in the same order, so that one event is one row and a row count is an event count.
 */
export const DOSE_MODIFICATION_COLUMNS: readonly HistoryColumn[] = [
  text("study", "Study", (row) => row.study),
  text("animal", "Animal", (row) => row.animal),
  text("group", "Group", (row) => row.group ?? ""),
  number("sequence", "Sequence", (row) => String(row.sequence)),
  number("study_day", "Study day", (row) => String(row.studyDay ?? "")),
  text("observed_at", "Observed at", (row) => row.observedAt),
  text("recorded_at", "Recorded at", (row) => row.recordedAt),
  text("late_by", "Late by", (row) => row.lateBy ?? ""),
  text("action", "Action", (row) => row.action),
  number("from_dose", "From dose", (row) => row.fromDose),
  number("to_dose", "To dose", (row) => row.toDose),
  text("dose_unit", "Dose unit", (row) => row.doseUnit),
  text("rules", "Rules", (row) => row.rules.join(SEPARATOR)),
  text(
    "trigger_terms",
    "Trigger",
    ofTriggers((trigger) => trigger.term),
  ),
  text(
    "trigger_values",
    "Triggering value",
    ofTriggers((trigger) => trigger.value),
  ),
  text(
    "trigger_units",
    "Unit",
    ofTriggers((trigger) => trigger.unit),
  ),
  text(
    "cut_offs",
    "Cut-off",
    ofTriggers((trigger) => trigger.cutOff),
  ),
  text(
    "baselines",
    "Baseline",
    ofTriggers((trigger) => trigger.baseline),
  ),
  text(
    "grades",
    "Grade",
    ofTriggers((trigger) => trigger.grade),
  ),
  text("ctcae_version", "CTCAE version", (row) => row.ctcaeVersion),
  number("protocol_version", "Protocol version", (row) => String(row.protocolVersion)),
  text("rule_set", "Rule set", (row) => row.ruleSet),
  text("entry", "Entry", (row) => row.entry),
  text("recorded_by", "Recorded by", (row) => row.recordedBy ?? ""),
  text("in_force_from", "In force from", (row) => row.inForceFrom),
  text("in_force_until", "In force until", (row) => row.inForceUntil ?? ""),
  text("deviations", "Deviations", (row) =>
    row.deviations.map(({ code, entry }) => `${code} ${entry}`).join(SEPARATOR),
  ),
  text(
    "signed_by",
    "Signed by",
    ofSignatures(({ by }) => by),
  ),
  text(
    "signed_at",
    "Signed at",
    ofSignatures(({ at }) => at),
  ),
  text(
    "signature_meaning",
    "Signature meaning",
    ofSignatures(({ meaning }) => meaning.replaceAll(SEPARATOR, ", ")),
  ),
  text("signature", "Signature", (row) => row.unsigned ?? ofSignatures(signatureState)(row)),
];

/** Whether a spreadsheet would take a text cell for a formula: the writer of a CSV file puts an apostrophe before it. */
export const looksLikeFormula = (cell: string): boolean => /^[=+\-@\t\r]/u.test(cell);

/** The cell as a CSV file has it: texts that look like a formula escaped, numbers never. */
export const csvCell = (column: HistoryColumn, row: DoseModificationRow): string => {
  const cell = column.cell(row);
  return column.kind === "text" && looksLikeFormula(cell) ? `'${cell}` : cell;
};

/**
 * Deviations are found on doses, and the history has a row per event. A dose's deviation stands in the row of the event
 * in force when the dose was given: the last one at or before the dose in the order of replay. The dose that starts an
 * animal has its own event, so its deviations stand in the START row. A dose after the last event is in the last row.
 *
 * `entriesInReplayOrder`: the ids of all standing entries; `eventEntries`: the entry of each standing event, in order.
 * Only events that stand get deviations, for a deviation is judged on what stands. A deviation before any event (a dose
 * of an animal that never started: there is none by the rules) is left out.
 */
export const deviationsByEvent = (
  entriesInReplayOrder: readonly string[],
  eventEntries: readonly string[],
  deviations: readonly DoseDeviation[],
): ReadonlyMap<string, readonly DoseDeviation[]> => {
  const byDose = new Map<string, DoseDeviation[]>();
  for (const deviation of deviations) {
    byDose.set(deviation.entry, [...(byDose.get(deviation.entry) ?? []), deviation]);
  }
  const events = new Set(eventEntries);
  const byEvent = new Map<string, DoseDeviation[]>(eventEntries.map((entry) => [entry, []]));
  let inForce: DoseDeviation[] | undefined;
  for (const entry of entriesInReplayOrder) {
    if (events.has(entry)) inForce = byEvent.get(entry);
    inForce?.push(...(byDose.get(entry) ?? []));
  }
  return byEvent;
};
