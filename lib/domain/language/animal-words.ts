const TOXICITIES: Readonly<Record<string, string>> = {
  ALT_INCREASED: "ALT increased",
  AST_INCREASED: "AST increased",
  ALP_INCREASED: "ALP increased",
  GGT_INCREASED: "GGT increased",
  STEVENS_JOHNSON_SYNDROME: "Stevens-Johnson syndrome",
};

/** "neutropenia", "ALT increased", "skin ulceration": a graded term within a sentence. */
export const toxicityWord = (term: string): string => TOXICITIES[term] ?? term.toLowerCase().replaceAll("_", " ");

/** "ALT", "rash": what is said to be of a grade. */
export const gradedNoun = (term: string): string => toxicityWord(term).replace(/ increased$/u, "");

const SEXES: Readonly<Record<string, string>> = { F: "female", M: "male" };

export const sexWord = (sex: string | null): string | null => (sex === null ? null : (SEXES[sex] ?? null));
