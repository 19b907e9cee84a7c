import type { StoredDecision } from "@/lib/contracts/animal-record";
import { localDateText, localEpochDay, localTimeText } from "@/lib/domain/time/local-time";
import { Decimal } from "@/lib/domain/decimal";
import { TERM_OF_ANALYTE } from "@/lib/domain/grading/criteria";
import { lateText } from "@/lib/domain/record/late";
import type { AnimalHistory, Deviation } from "@/lib/domain/rules/history";
import { ANALYTES, type Analyte, analyteRow, type CatalogueRow } from "@/lib/domain/record/analytes";
import { type AnimalDays, dayWord } from "@/lib/domain/language/day-words";
import { shownWeight, weightChange, weightChangeText } from "@/lib/domain/animal/weight-change";
import type { EntryRecord, RecordedVersion } from "./entry-records";
import { entryParts, shownAsTyped, type StudyUnits, unitOfField } from "./entry-words";
import { struckOf, type Struck } from "./struck-values";
import { capitalized, DEVIATION_WORDS, kindLabel } from "@/lib/domain/language/code-words";

/** One value of a day. */
export type DayValue = {
  readonly entry: string;
  /** Null where nothing stands any more: it was voided. */
  readonly text: string | null;
  /** What stood before, latest first. */
  readonly struck: readonly Struck[];
  readonly grade: number | null;
  /** Beside the value, on request: the time, what was typed, why it has no grade. */
  readonly notes: readonly string[];
  readonly late: string | null;
  readonly missing: boolean;
};

export type DayDose = {
  readonly entry: string;
  readonly text: string | null;
  readonly struck: readonly Struck[];
  readonly deviation: string | null;
  readonly fault: boolean;
};

/** A finding or sign; or one that stood before a correction or a void. */
export type DayFinding = { readonly text: string; readonly struck: Struck | null };

export type DayRow = {
  readonly epochDay: number;
  /** "day 8"; "days 9 to 11" where nothing is to be said of several days but what was given. */
  readonly day: string;
  readonly date: string;
  readonly values: ReadonlyMap<Analyte | "change", readonly DayValue[]>;
  readonly findings: readonly DayFinding[];
  readonly given: readonly DayDose[];
  /** What became known late of that day, and how late: "CBC", "3 d". */
  readonly late: readonly { readonly entry: string; readonly what: string; readonly late: string }[];
  /** "7.5 → 0": what became of the dose in force on that day. */
  readonly decided: readonly string[];
};

export type MeasurementTable = {
  /** What decides about the dose, and what is measured for completeness beside it. */
  readonly columns: readonly CatalogueRow[];
  readonly further: readonly CatalogueRow[];
  readonly unitOf: (field: Analyte) => string;
  readonly rows: readonly DayRow[];
};

const LEADING: readonly Analyte[] = ["neutrophils", "platelets", "alt", "ast", "bilirubin", "grams", "temperature"];

const NOT_GRADED = {
  NO_REFERENCE_RANGE: "no grade: no reference range",
  NO_BASELINE: "no grade: no baseline",
  NOT_REPORTED: "not reported",
} as const;

type Context = {
  readonly days: AnimalDays;
  readonly units: StudyUnits;
  readonly history: AnimalHistory | null;
  /** The weight that changes are a percentage of, in g; null before the first dose. */
  readonly baselineGrams: string | null;
};

const gradeOf = ({ history }: Context, entry: string, field: Analyte): number | null =>
  history?.grades.find((grade) => grade.entry === entry && grade.term === TERM_OF_ANALYTE.get(field))?.grade ?? null;

const ungraded = ({ history }: Context, entry: string, field: Analyte): string | null => {
  const reason = history?.notEvaluable.find(
    (item) => item.entry === entry && item.term === TERM_OF_ANALYTE.get(field),
  )?.reason;
  return reason === undefined ? null : NOT_GRADED[reason];
};

const weightShown = (grams: string, { baselineGrams }: Context): { readonly value: string; readonly unit: string } =>
  shownWeight(new Decimal(grams), new Decimal(baselineGrams ?? grams));

/** As typed where that is in the unit of the column; weights in the unit that the table has. */
const shownText = ({ details }: RecordedVersion, field: Analyte, context: Context): string | null => {
  const canonical = details.values[field];
  if (canonical === undefined) return null;
  if (field === "grams" && weightShown(canonical, context).unit === "kg")
    return `${details.qualifiers.grams ?? ""}${weightShown(canonical, context).value}`;
  return shownAsTyped({ field, canonical, unit: unitOfField(field, context.units) }, details).value;
};

/** Of a record when it was first recorded: a correction of it comes later, and says so itself. */
const lateOf = ({ latest, former }: EntryRecord): string | null => {
  const { entry } = former.at(-1) ?? latest;
  return lateText(entry.observedAt.ms, entry.recordedAt.ms);
};

const valueOf = (record: EntryRecord, field: Analyte, context: Context): DayValue | null => {
  const { entry, details } = record.latest;
  const canonical = details.values[field];
  const time = localTimeText(entry.observedAt.ms, context.days.timeZone);
  const struck = struckOf(record, (version) => shownText(version, field, context), context.days.timeZone);
  const base = { entry: entry.id, struck, late: lateOf(record) };
  if (record.voided !== null)
    return struck.length === 0 ? null : { ...base, text: null, grade: null, notes: [time], missing: false };
  if (canonical === undefined) {
    const notDone = details.notDone[field];
    const why = notDone === undefined ? ungraded(context, entry.id, field) : `not done: ${notDone}`;
    if (why === null && struck.length === 0) return null;
    return { ...base, text: why ?? "not recorded", grade: null, notes: [time], missing: true };
  }
  const unit = unitOfField(field, context.units);
  const kept = shownAsTyped({ field, canonical, unit }, details);
  const notes = [time, kept.typed, ungraded(context, entry.id, field)];
  return {
    ...base,
    text: shownText(record.latest, field, context),
    grade: gradeOf(context, entry.id, field),
    notes: notes.filter((note) => note !== null),
    missing: false,
  };
};

const changeOf = ({ latest: { entry }, voided }: EntryRecord, { baselineGrams }: Context): string | null => {
  if (voided !== null || entry.kind !== "weight" || entry.grams === null || baselineGrams === null) return null;
  const change = weightChange(entry.grams, new Decimal(baselineGrams));
  return change === null ? null : `${weightChangeText(change)} %`;
};

/** "Signs of ill health" groups what was seen and does not name it; "Appetite" and "ALT increased" do. */
const LONG_NAME = /\S+\s+\S+\s+\S|.{24}|observations/iu;

const findingTexts = ({ entry, details }: RecordedVersion, units: StudyUnits): readonly string[] =>
  entry.kind === "observation"
    ? entryParts(entry, details, units)
        .filter(({ key }) => key !== "temperature")
        .filter(({ value }) => !/^normal\b/iu.test(value))
        .map(({ name, value }) => (name === null || LONG_NAME.test(name) ? value : `${name}: ${value}`))
    : [];

const findingsOf = (record: EntryRecord, { units, days }: Context): readonly DayFinding[] => {
  const stand = record.voided === null ? findingTexts(record.latest, units) : [];
  const gone = struckOf(
    record,
    (version) =>
      findingTexts(version, units)
        .filter((text) => !stand.includes(text))
        .join(", ") || null,
    days.timeZone,
  );
  return [...stand.map((text) => ({ text, struck: null })), ...gone.map((struck) => ({ text: struck.text, struck }))];
};

const amountText = ({ entry, details }: RecordedVersion, units: StudyUnits): string | null =>
  entry.kind === "dose" ? (entryParts(entry, details, units)[0]?.value ?? entry.amount.toFixed()) : null;

const doseOf = (record: EntryRecord, deviations: readonly Deviation[], { units, days }: Context): DayDose | null => {
  const { entry } = record.latest;
  if (entry.kind !== "dose") return null;
  const own = record.voided === null ? deviations.filter((deviation) => deviation.entry === entry.id) : [];
  return {
    entry: entry.id,
    text: record.voided === null ? amountText(record.latest, units) : null,
    struck: struckOf(record, (version) => amountText(version, units), days.timeZone),
    deviation: own.length === 0 ? null : capitalized(own.map(({ code }) => DEVIATION_WORDS[code]).join("; ")),
    fault: own.some(({ code }) => code !== "EXPOSED_BEFORE_RESULT"),
  };
};

const decidedOn = (decisions: readonly StoredDecision[]): readonly string[] =>
  decisions
    .filter(({ action }) => action !== "REMAIN_WITHHELD" && action !== "RESUME_PROPOSED")
    .filter(({ fromDose, toDose }) => fromDose !== toDose)
    .map(({ fromDose, toDose }) => `${fromDose} → ${toDose}`);

const dayRow = (
  epochDay: number,
  records: readonly EntryRecord[],
  decisions: readonly StoredDecision[],
  context: Context,
): DayRow => {
  const values = new Map<Analyte | "change", DayValue[]>();
  const put = (key: Analyte | "change", value: DayValue): void =>
    void values.set(key, [...(values.get(key) ?? []), value]);
  for (const record of records) {
    for (const { field, kind } of ANALYTES) {
      const value = kind === record.latest.entry.kind ? valueOf(record, field, context) : null;
      if (value !== null) put(field, value);
    }
    const change = changeOf(record, context);
    if (change !== null) {
      const { entry } = record.latest;
      put("change", {
        entry: entry.id,
        text: change,
        grade: gradeOf(context, entry.id, "grams"),
        notes: [],
        struck: [],
        late: null,
        missing: false,
      });
    }
  }
  const atMs = records[0]?.latest.entry.observedAt.ms ?? decisions[0]?.observedMs ?? 0;
  const deviations = context.history?.deviations ?? [];
  return {
    epochDay,
    day: context.days.firstDoseMs === null ? "" : dayWord(atMs, context.days),
    date: localDateText(atMs, context.days.timeZone),
    values,
    findings: records.flatMap((record) => findingsOf(record, context)),
    given: records.flatMap((record) => doseOf(record, deviations, context) ?? []),
    late: records.flatMap((record) => {
      const late = lateOf(record);
      return late === null ? [] : [{ entry: record.id, what: kindLabel(record.latest.entry.kind), late }];
    }),
    decided: decidedOn(decisions),
  };
};

/** Nothing measured, found, decided or known late, and no dose that deviates. */
const isQuiet = ({ values, findings, decided, given, late }: DayRow): boolean =>
  values.size === 0 &&
  late.length === 0 &&
  findings.length === 0 &&
  decided.length === 0 &&
  given.every(({ deviation, struck }) => deviation === null && struck.length === 0);

const dayNumber = (day: string): string => day.replace(/^days? /u, "");

/** The row of several quiet days: `later` comes first, as in the table. */
const merged = (later: DayRow, earlier: DayRow): DayRow => {
  const last = dayNumber(later.day).split(" to ").at(-1) ?? "";
  return {
    ...later,
    day: later.day === "" ? "" : `days ${dayNumber(earlier.day)} to ${last}`,
    date: `${(earlier.date.split(" – ")[0] ?? "").replace(/ \d{4}$/u, "")} – ${later.date.split(" – ").at(-1) ?? ""}`,
    given: [...earlier.given, ...later.given],
  };
};

const mergeQuiet = (rows: readonly DayRow[]): readonly DayRow[] => {
  const kept: DayRow[] = [];
  for (const row of rows) {
    const above = kept.at(-1);
    if (above !== undefined && isQuiet(above) && isQuiet(row)) kept[kept.length - 1] = merged(above, row);
    else kept.push(row);
  }
  return kept;
};

/** The numbers of the timeline as a table: a row for each date on which something was recorded, the latest first. */
export const measurementTable = (
  records: readonly EntryRecord[],
  decisions: readonly StoredDecision[],
  context: Context,
): MeasurementTable => {
  const dayOf = (ms: number): number => localEpochDay(ms, context.days.timeZone);
  const byDay = new Map<number, EntryRecord[]>();
  for (const record of records) {
    const day = dayOf(record.latest.entry.observedAt.ms);
    byDay.set(day, [record, ...(byDay.get(day) ?? [])]);
  }
  const rows = [...byDay]
    .sort(([one], [other]) => other - one)
    .map(([day, ofDay]) =>
      dayRow(
        day,
        ofDay,
        decisions.filter(({ observedMs }) => dayOf(observedMs) === day),
        context,
      ),
    );
  const filled = (field: Analyte): boolean =>
    rows.some(({ values }) => values.get(field)?.some(({ missing }) => !missing) === true);
  const anyWeight = records.flatMap(({ latest }) => latest.details.values.grams ?? [])[0];
  const weightUnit = weightShown(context.baselineGrams ?? anyWeight ?? "0", context).unit;
  const columnsOf = (fields: readonly Analyte[]): readonly CatalogueRow[] => fields.filter(filled).map(analyteRow);
  return {
    columns: columnsOf(LEADING),
    further: columnsOf(ANALYTES.map(({ field }) => field).filter((field) => !LEADING.includes(field))),
    unitOf: (field) => (field === "grams" ? weightUnit : unitOfField(field, context.units)),
    rows: mergeQuiet(rows),
  };
};
