import type { Action, DeviationCode } from "../rules/history";
import { termName } from "../rules/stated-values";

const TOXICITIES: Readonly<Record<string, string>> = {
  ALT_INCREASED: "ALT increased",
  AST_INCREASED: "AST increased",
  STEVENS_JOHNSON_SYNDROME: "Stevens-Johnson syndrome",
};

/** "neutropenia", "ALT increased": a graded term as it is said within a sentence. */
export const toxicityWord = (term: string): string => TOXICITIES[term] ?? termName(term);

/** What a decision did, in a word. */
export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  START: "Started",
  WITHHOLD: "Withheld",
  REMAIN_WITHHELD: "Still withheld",
  RESUME: "Resumed",
  RESUME_PROPOSED: "Resume proposed",
  SET_DOSE: "Dose set",
  DISCONTINUE: "Discontinued",
  OFF_STUDY: "Off study",
};

/** What was not as it should be about a dose given. */
export const DEVIATION_WORDS: Readonly<Record<DeviationCode, string>> = {
  BASELINE_INCOMPLETE: "First dose before the baseline was complete",
  STARTED_WITH_TOXICITY: "First dose with a toxicity of grade 3 or more",
  DOSED_WHILE_WITHHELD: "Dosed while withheld",
  DOSED_AFTER_DISCONTINUATION: "Dosed after the end of dosing",
  WRONG_DOSE: "Given another dose than the one in force",
  EXPOSED_BEFORE_RESULT: "Dosed before a result was known",
};

const SEXES: Readonly<Record<string, string>> = { F: "female", M: "male" };

export const sexWord = (sex: string | null): string | null => (sex === null ? null : (SEXES[sex] ?? null));
