import { localDateText, localInstantText } from "../time/local-time";
import { parseInstant } from "../time/instant";
import { kindNoun } from "../language/code-words";
import { refusalWords } from "../language/refusal-words";
import { analyteRow, isAnalyte } from "../record/analytes";
import { ALL_MEANINGS } from "../signatures/signing";
import { meaningText } from "../language/signature-words";
import { canonicalUnit } from "../units/unit-factors";
import { withUnit } from "../language/with-unit";

/** One field of what an event is about, before and after it. Null: it was not there. */
export type ValueDifference = {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
};

const WORDS: Readonly<Record<string, string>> = {
  id: "Id",
  animal: "Animal",
  kind: "Kind",
  observedAt: "Observed at",
  recordedAt: "Recorded at",
  recordedBy: "Recorded by",
  corrects: "Corrects entry",
  voids: "Voids entry",
  reasonCode: "Reason code",
  reported: "As typed",
  contentHash: "Hash of what was signed",
  sha256: "SHA-256",
  firstReading: "First reading",
  notDone: "Not done",
  amount: "Dose given",
  outcome: "Disposition",
  skin: "Skin",
  signs: "Clinical signs",
  deviation: "Dosed off protocol",
  startingDose: "Starting dose",
  doseLevels: "Dose levels",
  birthDate: "Date of birth",
  timeZone: "Time zone",
  doseUnit: "Dose unit",
  effectiveFrom: "In force from",
  feverCelsius: "Fever from (°C)",
  febrileWindowHours: "Febrile window (h)",
  restartDecrement: "Restart decrement",
  otherRecoverGrade: "Other toxicities recover at grade",
  resumePolicy: "Resume",
  doseTolerancePercent: "Dose tolerance (%)",
  discontinueFindings: "Findings that discontinue",
  referenceRanges: "Reference range",
  grade2Below: "grade 2 below",
  grade3Below: "grade 3 below",
  grade4Below: "grade 4 below",
  recoverAt: "recovers at",
  everyStudyRoles: "Roles in every study",
};

/** "startingDose" → "Starting dose": for what has no words of its own. */
const spelled = (key: string): string => {
  const words = key
    .replaceAll(/([a-z])([A-Z])/gu, "$1 $2")
    .replaceAll("_", " ")
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const wordOf = (key: string): string =>
  isAnalyte(key) ? analyteRow(key).label : Object.hasOwn(WORDS, key) ? (WORDS[key] ?? key) : spelled(key);

/** What only holds the fields that are told. */
const TRANSPARENT = "settings";

const wordIn = (key: string, path: string): string => {
  if (key === TRANSPARENT) return path;
  const word = wordOf(key);
  return path === ""
    ? word
    : `${path}, ${/^[A-Z]{2}/u.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1)}`;
};

/** Fields whose values are codes of ours, which read as words. */
const CODED: ReadonlySet<string> = new Set([
  "action",
  "kind",
  "outcome",
  "reasonCode",
  "resumePolicy",
  "status",
  "subjectKind",
  "term",
]);

/** The unit of a number that is named by its field alone. Bilirubin's is the protocol's. */
const unitOf = (key: string): string | null => (isAnalyte(key) && key !== "bilirubin" ? canonicalUnit(key) : null);

/** "29 Nov 2026, 11:59:37.189" on the clock of a zone; null for what is no instant. */
const instantText = (text: string, timeZone: string): string | null => {
  const ms = parseInstant(text)?.ms;
  return ms === undefined
    ? null
    : `${localDateText(ms, timeZone)}, ${localInstantText(ms, timeZone)
        .slice(11, 23)
        .replace(/\.000$/u, "")}`;
};

const textOf = (value: string, key: string, timeZone: string): string => {
  const meaning = key === "meaning" ? ALL_MEANINGS.find((known) => known === value) : undefined;
  if (meaning !== undefined) return meaningText(meaning);
  if (key === "kind") return kindNoun(value);
  if (key === "cause") return refusalWords(value);
  if (CODED.has(key)) return value.replaceAll("_", " ").toLowerCase();
  if (key.endsWith("Roles") || key === "") return value.replaceAll("_", " ");
  return instantText(value, timeZone) ?? value;
};

const leafText = (value: unknown, key: string, timeZone: string): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return textOf(value, key, timeZone);
  if (typeof value === "boolean") return value ? "yes" : "no";
  const unit = typeof value === "number" ? unitOf(key) : null;
  return withUnit(JSON.stringify(value), unit ?? "");
};

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

/** What was typed, as one line: "2.45 × 10⁹/L, first reading 24.5"; null for what is no such object. */
const typedText = (value: object): string | null => {
  const { text, unit, firstReading, ...others } = value as Readonly<Record<string, unknown>>;
  if (typeof text !== "string" || Object.keys(others).length > 0) return null;
  const typed = withUnit(text, typeof unit === "string" ? unit : "");
  return typeof firstReading === "string" ? `${typed}, first reading ${firstReading}` : typed;
};

type Leaves = { readonly texts: Map<string, string>; readonly timeZone: string };

const addLeaves = (leaves: Leaves, value: unknown, path: string, key: string): void => {
  const { texts, timeZone } = leaves;
  const name = path === "" ? "Value" : path;
  if (Array.isArray(value)) {
    if (value.every(isPlain)) {
      const items = value.map((item) => leafText(item, key, timeZone) ?? "none");
      texts.set(name, items.length === 0 ? "none" : items.join(", "));
      return;
    }
    value.forEach((item, index) => addLeaves(leaves, item, `${path} ${String(index + 1)}`.trim(), key));
    return;
  }
  if (typeof value === "object" && value !== null) {
    const typed = typedText(value);
    if (typed !== null) texts.set(name, typed);
    else for (const [own, member] of Object.entries(value)) addLeaves(leaves, member, wordIn(own, path), own);
    return;
  }
  const text = leafText(value, key, timeZone);
  if (text !== null) texts.set(name, text);
};

const leavesOf = (json: string | null, timeZone: string): ReadonlyMap<string, string> => {
  const texts = new Map<string, string>();
  if (json === null) return texts;
  try {
    addLeaves({ texts, timeZone }, JSON.parse(json) as unknown, "", "");
  } catch {
    texts.set("Value", json);
  }
  return texts;
};

/** An event's two values, as JSON, and the zone on whose clock their instants are told. */
type EventValues = { readonly oldValue: string | null; readonly newValue: string | null; readonly timeZone: string };

/** Every field of the two, in the field's words, in the order of the later one. */
const fieldsOfEvent = ({ oldValue, newValue, timeZone }: EventValues): readonly ValueDifference[] => {
  const [before, after] = [leavesOf(oldValue, timeZone), leavesOf(newValue, timeZone)];
  return [...new Set([...after.keys(), ...before.keys()])].map((field) => ({
    field,
    before: before.get(field) ?? null,
    after: after.get(field) ?? null,
  }));
};

/** What an event says of itself beside its values; in them it comes last. */
const SAID_BESIDE: ReadonlySet<string> = new Set([
  "Reason",
  "Corrects entry",
  "Voids entry",
  "Id",
  "Animal",
  "Observed at",
  "Recorded at",
  "Recorded by",
]);

export const isSaidBeside = ({ field }: ValueDifference): boolean => SAID_BESIDE.has(field);

/** What is looked for first comes first: of a protocol the settings, then its dose groups, which an amendment repeats. */
const placeOf = (difference: ValueDifference): number =>
  isSaidBeside(difference) ? 2 : difference.field.startsWith("Groups") ? 1 : 0;

/** Those that differ, of an event with one value only all of them; what the event says anyway comes last. */
export const valueDifferences = (values: EventValues): readonly ValueDifference[] =>
  fieldsOfEvent(values)
    .filter(({ before, after }) => before !== after)
    .toSorted((one, other) => placeOf(one) - placeOf(other));

/** "ENTRY_CORRECTED" → "Entry corrected". */
export const kindTitle = (kind: string): string => spelled(kind.toLowerCase());
