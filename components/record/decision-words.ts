import type { AnimalAnswer, EntryAnswer, RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { TERM_OF_ANALYTE } from "@/lib/domain/grading/criteria";
import { type Analyte, ANALYTES } from "@/lib/domain/record/analytes";
import { toxicityWord } from "@/lib/domain/language/animal-words";

/** What colour and glyph a consequence has; its words say the same. */
export type ConsequenceTone = "quiet" | "given" | "withheld" | "stopped" | "waiting";

export type Consequence = {
  readonly tone: ConsequenceTone;
  /** What it does, first. */
  readonly sentence: string;
  /** Why, and what follows: the decisions' own sentences. */
  readonly details: readonly string[];
};

export type Before = Pick<AnimalOnSheet, "tag" | "status" | "dose" | "control" | "startingDose"> & {
  readonly doseUnit: string | null;
};

type Event = AnimalAnswer["events"][number];

const amount = (dose: string | number, unit: string | null): string =>
  unit === null ? String(dose) : `${String(dose)} ${unit}`;

const onDose = ({ status, dose, doseUnit, control }: Before): string => {
  if (status !== "ON_DOSE") return "";
  return control ? ", a control on vehicle" : `, now on ${amount(dose, doseUnit)}`;
};

const TONES: Readonly<Record<Event["action"], ConsequenceTone>> = {
  START: "given",
  WITHHOLD: "withheld",
  REMAIN_WITHHELD: "withheld",
  RESUME: "given",
  RESUME_PROPOSED: "waiting",
  SET_DOSE: "given",
  DISCONTINUE: "stopped",
  OFF_STUDY: "stopped",
};

const eventSentence = ({ action, fromDose, toDose }: Event, before: Before): string => {
  const { tag, doseUnit, control } = before;
  const to = amount(toDose, doseUnit);
  switch (action) {
    case "START":
      return control ? `This starts ${tag} as a control, on vehicle.` : `This starts ${tag} at ${to}.`;
    case "WITHHOLD":
      return `This withholds ${tag}${onDose(before)}.`;
    case "REMAIN_WITHHELD":
      return `${tag} stays withheld: one more toxicity.`;
    case "RESUME":
      return control ? `This resumes ${tag} on vehicle.` : `This resumes ${tag} at ${to}.`;
    case "RESUME_PROPOSED":
      return `This proposes to the study director to resume ${tag} at ${to}. It stays withheld until then.`;
    case "SET_DOSE":
      return `This sets ${tag} from ${String(fromDose)} to ${to}.`;
    case "DISCONTINUE":
      return `This discontinues ${tag} for good${onDose(before)}.`;
    case "OFF_STUDY":
      return `This takes ${tag} off study, for good.`;
  }
};

/** Where an animal stands, in words: "stays on 10 mg/kg". */
const unchanged = ({ tag, status, dose, doseUnit, control }: Before): string => {
  switch (status) {
    case "NOT_STARTED":
      return `Changes no dose: ${tag} has not been dosed yet.`;
    case "ON_DOSE":
      return control
        ? `Changes no dose: ${tag} stays on vehicle.`
        : `Changes no dose: ${tag} stays on ${amount(dose, doseUnit)}.`;
    case "WITHHELD":
      return `Changes no dose: ${tag} stays withheld.`;
    case "DISCONTINUED":
      return `Changes no dose: ${tag} stays discontinued.`;
    case "OFF_STUDY":
      return `Changes no dose: ${tag} is off study.`;
  }
};

const nothingHappens = (kind: EntryKind, before: Before): string => {
  if (kind === "dose") return `Is recorded as given. ${unchanged(before)}`;
  if (kind === "order") return `Has no effect in the present state. ${unchanged(before)}`;
  return unchanged(before);
};

/** What recording an entry does to its animal, from the engine's own answer; the same words before saving and after. */
export const consequenceOf = (kind: EntryKind, before: Before, answer: RecordingAnswer): Consequence => {
  const animal = answer.animals[before.tag];
  const events = animal?.events ?? [];
  const last = events.at(-1);
  const superseded = animal?.superseded.length ?? 0;
  const rewritten =
    superseded === 0
      ? []
      : [
          `It is earlier than what is known: ${superseded === 1 ? "one decision" : `${String(superseded)} decisions`} of before no longer stand${superseded === 1 ? "s" : ""}.`,
        ];
  if (last === undefined) {
    return {
      tone: superseded === 0 ? "quiet" : "waiting",
      sentence: superseded === 0 ? nothingHappens(kind, before) : (rewritten[0] ?? ""),
      details: [],
    };
  }
  return {
    tone: TONES[last.action],
    sentence: eventSentence(last, before),
    details: [...rewritten, ...events.map(({ sentence }) => sentence)],
  };
};

const TERM_FIELDS: ReadonlyMap<string, Analyte> = new Map(
  ANALYTES.flatMap(({ field }) => {
    const term = TERM_OF_ANALYTE.get(field);
    return term === undefined ? [] : [[term, field] as const];
  }),
);

export type FieldGrade =
  { readonly grade: number; readonly words: string } | { readonly grade: null; readonly words: string };

const WHY_NOT: Readonly<Record<EntryAnswer["notEvaluable"][number]["reason"], string | null>> = {
  NOT_REPORTED: null,
  NO_REFERENCE_RANGE: "not graded: the protocol has no reference range",
  NO_BASELINE: "not graded: this animal has no baseline",
};

/** The grade of each measured field, or why it has none. */
export const gradesOfFields = ({ grades, notEvaluable }: EntryAnswer): ReadonlyMap<Analyte, FieldGrade> => {
  const found = new Map<Analyte, FieldGrade>();
  for (const { term, grade } of grades) {
    const field = TERM_FIELDS.get(term);
    if (field !== undefined)
      found.set(field, { grade, words: grade === 0 ? "grade 0" : `grade ${String(grade)} ${toxicityWord(term)}` });
  }
  for (const { term, reason } of notEvaluable) {
    const field = TERM_FIELDS.get(term);
    const why = WHY_NOT[reason];
    if (field !== undefined && why !== null) found.set(field, { grade: null, words: why });
  }
  return found;
};

/** "NEUTROPENIA" grade 3 → "grade 3 neutropenia"; grade 0 is not worth a word among others. */
export const gradeList = ({ grades }: EntryAnswer): readonly { readonly grade: number; readonly words: string }[] =>
  grades
    .filter(({ grade }) => grade > 0)
    .map(({ grade, term }) => ({ grade, words: `grade ${String(grade)} ${toxicityWord(term)}` }));

/** The deviations of an entry that are faults and need a reason: exposure before a result was known is none. */
export const faultCodes = (answer: RecordingAnswer | null): readonly string[] =>
  (answer?.entries ?? [])
    .flatMap(({ deviations }) => deviations.map(({ code }) => code))
    .filter((code) => code !== "EXPOSED_BEFORE_RESULT");

/** A deviation in words. What it is of, the sentence around it says. */
export const deviationWords = (
  code: string,
  { tag, dose, startingDose, status, doseUnit, control }: Before,
): string => {
  const inForce = control ? "vehicle" : amount(status === "NOT_STARTED" ? startingDose : dose, doseUnit);
  switch (code) {
    case "BASELINE_INCOMPLETE":
      return `the baseline of ${tag} is incomplete: before the first dose belong a weight, neutrophils, platelets, ALT, AST, bilirubin and an observation`;
    case "STARTED_WITH_TOXICITY":
      return `dosing of ${tag} starts while a value is grade 3 or more`;
    case "DOSED_WHILE_WITHHELD":
      return `${tag} is withheld`;
    case "DOSED_AFTER_DISCONTINUATION":
      return status === "OFF_STUDY" ? `${tag} is off study` : `${tag} is discontinued for good`;
    case "WRONG_DOSE":
      return `the amount is not the dose in force, ${inForce}`;
    case "EXPOSED_BEFORE_RESULT":
      return `${tag} was given it before a result was known that would have withheld it; this is exposure, not a fault`;
    default:
      return toxicityWord(code);
  }
};
