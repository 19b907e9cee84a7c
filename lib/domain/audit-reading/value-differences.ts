import { isMeasuredField, measuredField } from "../measurements/measured-fields";

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
  isMeasuredField(key) ? measuredField(key).label : Object.hasOwn(WORDS, key) ? (WORDS[key] ?? key) : spelled(key);

const wordIn = (key: string, path: string): string => {
  const word = wordOf(key);
  return path === ""
    ? word
    : `${path}, ${/^[A-Z]{2}/u.test(word) ? word : word.charAt(0).toLowerCase() + word.slice(1)}`;
};

const leafText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return JSON.stringify(value);
};

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

const addLeaves = (leaves: Map<string, string>, value: unknown, path: string): void => {
  if (Array.isArray(value)) {
    if (value.every(isPlain)) {
      leaves.set(path, value.length === 0 ? "none" : value.map((item) => leafText(item) ?? "none").join(", "));
      return;
    }
    value.forEach((item, index) => addLeaves(leaves, item, `${path} ${String(index + 1)}`.trim()));
    return;
  }
  if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) addLeaves(leaves, member, wordIn(key, path));
    return;
  }
  const text = leafText(value);
  if (text !== null) leaves.set(path === "" ? "Value" : path, text);
};

const leavesOf = (json: string | null): ReadonlyMap<string, string> => {
  const leaves = new Map<string, string>();
  if (json === null) return leaves;
  try {
    addLeaves(leaves, JSON.parse(json) as unknown, "");
  } catch {
    leaves.set("Value", json);
  }
  return leaves;
};

/** Every field of the two JSON texts of an event, in the field's words, in the order of the later one. */
const fieldsOfEvent = (oldValue: string | null, newValue: string | null): readonly ValueDifference[] => {
  const [before, after] = [leavesOf(oldValue), leavesOf(newValue)];
  return [...new Set([...after.keys(), ...before.keys()])].map((field) => ({
    field,
    before: before.get(field) ?? null,
    after: after.get(field) ?? null,
  }));
};

/** What an event says of itself beside its values; in them it comes last. */
const SAID_BESIDE: ReadonlySet<string> = new Set(["Id", "Animal", "Observed at", "Recorded at", "Recorded by"]);

/** Those that differ, of an event with one value only all of them; what the event says anyway comes last. */
export const valueDifferences = (oldValue: string | null, newValue: string | null): readonly ValueDifference[] =>
  fieldsOfEvent(oldValue, newValue)
    .filter(({ before, after }) => before !== after)
    .toSorted((one, other) => Number(SAID_BESIDE.has(one.field)) - Number(SAID_BESIDE.has(other.field)));

/** "ENTRY_CORRECTED" → "Entry corrected". */
export const kindTitle = (kind: string): string => spelled(kind.toLowerCase());
