import type { Role } from "../access/permissions";
import type { DispositionEntry, EntryKind, OrderEntry } from "../record/log-entry";
import type { Action, DeviationCode, RuleName, Status } from "../rules/history";

/** "on dose" → "On dose": a word at the start of a label. */
export const capitalized = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** What an entry of a kind is called within a sentence. */
export const KIND_NOUNS: Readonly<Record<EntryKind, string>> = {
  weight: "body weight",
  cbc: "CBC",
  lft: "clinical chemistry",
  observation: "clinical observation",
  dose: "dose",
  order: "order",
  disposition: "disposition",
};

const isKind = (kind: string): kind is EntryKind => Object.hasOwn(KIND_NOUNS, kind);

/** The noun of a kind read from a document; a kind that this version does not know is named as it is. */
export const kindNoun = (kind: string): string => (isKind(kind) ? KIND_NOUNS[kind] : kind);

/** "Body weight", "CBC": a kind in a column or at the start of a line. */
export const kindLabel = (kind: EntryKind): string => capitalized(KIND_NOUNS[kind]);

/** A kind on a tab, where space is short. */
export const KIND_TABS: Readonly<Record<EntryKind, string>> = {
  weight: "Weight",
  cbc: "CBC",
  lft: "Chemistry",
  observation: "Observation",
  dose: "Dose",
  order: "Order",
  disposition: "Disposition",
};

/** The state of an animal's dosing. */
export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  NOT_STARTED: "not started",
  ON_DOSE: "on dose",
  WITHHELD: "withheld",
  DISCONTINUED: "discontinued",
  OFF_STUDY: "off study",
};

/** What a decision did. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  START: "started",
  WITHHOLD: "withheld",
  REMAIN_WITHHELD: "still withheld",
  RESUME: "resumed",
  RESUME_PROPOSED: "resume proposed",
  SET_DOSE: "dose set",
  DISCONTINUE: "discontinued",
  OFF_STUDY: "off study",
};

/** What an order asks for. */
export const ORDER_WORDS: Readonly<Record<OrderEntry["action"], string>> = {
  WITHHOLD: "withhold",
  RESUME: "resume",
  SET_DOSE: "set dose",
  DISCONTINUE: "discontinue",
};

/** How an animal left its study. */
export const OUTCOME_WORDS: Readonly<Record<DispositionEntry["outcome"], string>> = {
  DIED: "found dead",
  EUTHANIZED: "euthanized",
  REMOVED: "removed from the study",
};

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  technician: "technician",
  study_director: "study director",
  auditor: "auditor",
  administrator: "administrator",
};

/** "Study director, administrator". */
export const rolesText = (roles: readonly Role[]): string =>
  capitalized(roles.map((role) => ROLE_WORDS[role]).join(", "));

/** A dosing deviation; the last one is an exposure, not a deviation. */
export const DEVIATION_WORDS: Readonly<Record<DeviationCode, string>> = {
  BASELINE_INCOMPLETE: "first dose before the baseline was complete",
  STARTED_WITH_TOXICITY: "first dose with a grade ≥ 3 toxicity",
  DOSED_WHILE_WITHHELD: "dosed while withheld",
  DOSED_AFTER_DISCONTINUATION: "dosed while discontinued or off study",
  WRONG_DOSE: "dose differs from prescribed dose",
  EXPOSED_BEFORE_RESULT: "dosed before a result was known",
};

/** The rows of the decision table. */
export const RULE_WORDS: Readonly<Record<RuleName, string>> = {
  NEUTROPENIA_G3: "neutropenia, grade 3",
  NEUTROPENIA_G4: "neutropenia, grade 4",
  FEBRILE_NEUTROPENIA: "febrile neutropenia",
  THROMBOCYTOPENIA_G3: "thrombocytopenia, grade 3",
  THROMBOCYTOPENIA_G4: "thrombocytopenia, grade 4",
  NON_HEMATOLOGIC_G3: "non-hematologic, grade 3",
  NON_HEMATOLOGIC_G4: "non-hematologic, grade 4",
  SEVERE_DERMATOLOGIC: "severe dermatologic reaction",
  LOWEST_LEVEL: "below lowest dose level",
};

/** The same beside a dose in a chart, where a word or two fit. */
export const DEVIATION_TAGS: Readonly<Record<DeviationCode, string>> = {
  BASELINE_INCOMPLETE: "baseline incomplete",
  STARTED_WITH_TOXICITY: "first dose with toxicity",
  DOSED_WHILE_WITHHELD: "while withheld",
  DOSED_AFTER_DISCONTINUATION: "after discontinuation",
  WRONG_DOSE: "wrong dose",
  EXPOSED_BEFORE_RESULT: "before result known",
};
