import { termName } from "../rules/stated-values";

const TOXICITIES: Readonly<Record<string, string>> = {
  ALT_INCREASED: "ALT increased",
  AST_INCREASED: "AST increased",
  STEVENS_JOHNSON_SYNDROME: "Stevens-Johnson syndrome",
};

/** "neutropenia", "ALT increased": a graded term as it is said within a sentence. */
export const toxicityWord = (term: string): string => TOXICITIES[term] ?? termName(term);

const SEXES: Readonly<Record<string, string>> = { F: "female", M: "male" };

export const sexWord = (sex: string | null): string | null => (sex === null ? null : (SEXES[sex] ?? null));
