import type { EntryKind } from "@/lib/domain/record/log-entry";
import { findingWording } from "@/lib/domain/grading/finding-wordings";
import { analytesOf } from "@/lib/domain/record/analytes";
import { type MeasuredKind, setsDose } from "@/lib/domain/record/kinds";
import { toxicityWord } from "@/lib/domain/language/animal-words";
import { withUnit } from "@/lib/domain/language/with-unit";
import { type EntryValues, type MeasuredValue, NORMAL, SIGN_CATEGORIES } from "./entry-values";
import { capitalized, ORDER_WORDS, OUTCOME_WORDS } from "@/lib/domain/language/code-words";

/** "21.4 g", "< 0.2 × 10⁹/L", "platelets not done: clotted". */
const measuredWords = ({ text, unit, qualifier, notDone }: MeasuredValue): string => {
  if (notDone !== "") return `not done (${reasonWords(notDone)})`;
  const number = `${qualifier === "" ? "" : `${qualifier} `}${text.trim()}`;
  return withUnit(number, unit);
};

/** A reason code in words; what was typed stays as it was typed. */
export const reasonWords = (reason: string): string =>
  /^[A-Z_]+$/u.test(reason) ? reason.toLowerCase().replaceAll("_", " ") : reason;

const isGiven = ({ text, notDone }: MeasuredValue): boolean => text.trim() !== "" || notDone !== "";

const lowerFirst = (label: string): string =>
  /^[A-Z][a-z]/u.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

const measuredList = (kind: MeasuredKind, values: EntryValues): readonly string[] => {
  const given = analytesOf(kind).filter(({ field }) => isGiven(values[field]));
  const reasons = new Set(given.map(({ field }) => values[field].notDone));
  const [reason = ""] = reasons;
  // One reason for a whole sample is shown once.
  if (given.length > 1 && reasons.size === 1 && reason !== "") return [`not done (${reasonWords(reason)})`];
  return given.map(({ field, label }) =>
    kind === "weight" ? measuredWords(values[field]) : `${lowerFirst(label)} ${measuredWords(values[field])}`,
  );
};

const signWords = ({ signs }: EntryValues): readonly string[] => {
  const seen = signs.filter(({ text }) => text.trim() !== "");
  const normal = seen.filter(({ text }) => text === NORMAL);
  const others = seen
    .filter(({ text }) => text !== NORMAL)
    .map(
      ({ category, text, severity }) =>
        `${category.toLowerCase()}: ${lowerFirst(text.trim())}${severity === "" ? "" : ` (${severity})`}`,
    );
  if (normal.length === 0) return others;
  const all = normal.length === SIGN_CATEGORIES.length && others.length === 0;
  const named = normal.map(({ category }) => category.toLowerCase()).join(", ");
  return [...others, all ? "all five normal" : `${named} normal`];
};

export const termWords = (term: string): string => findingWording(term)?.label.toLowerCase() ?? toxicityWord(term);

const observationWords = (values: EntryValues): readonly string[] => [
  ...(values.notDone.observation === "" ? [] : [`not made (${reasonWords(values.notDone.observation)})`]),
  ...values.findings.map(({ term, grade }) => `${termWords(term)} grade ${String(grade ?? "?")}`),
  ...(values.skin.exfoliation ? ["exfoliation"] : []),
  ...(values.skin.bullae ? ["bullae"] : []),
  ...signWords(values),
  ...measuredList("observation", values),
  ...(values.noFindings && values.findings.length === 0 ? ["no findings"] : []),
];

/** What was entered, in a line: for the receipt and the list of what has been saved. */
export const enteredWords = (kind: EntryKind, values: EntryValues, doseUnit: string | null): string => {
  const amount = (text: string): string => `${text.trim()} ${doseUnit ?? ""}`.trim();
  switch (kind) {
    case "weight":
    case "cbc":
    case "lft":
      return measuredList(kind, values).join(", ");
    case "observation":
      return observationWords(values).join(", ");
    case "dose":
      return values.notDone.amount === ""
        ? amount(values.amount.text)
        : `not given (${reasonWords(values.notDone.amount)})`;
    case "order": {
      const { action, dose } = values;
      if (action === "") return "";
      return setsDose(action)
        ? `${capitalized(ORDER_WORDS[action])} ${amount(dose)}`
        : capitalized(ORDER_WORDS[action]);
    }
    case "disposition":
      return values.outcome === "" ? "" : capitalized(OUTCOME_WORDS[values.outcome]);
  }
};
