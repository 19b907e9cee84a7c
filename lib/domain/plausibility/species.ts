/** The species that have a table of expected values; every other one shares the widest limits only. */
export type NamedSpecies = "mouse" | "rat" | "hamster" | "guinea pig" | "rabbit" | "dog" | "monkey" | "minipig";
export type Species = NamedSpecies | "other";

/** Words by which a study's species is told, longest first where one contains another. */
const WORDS: readonly (readonly [word: string, species: Species])[] = [
  ["guinea", "guinea pig"],
  ["cavia", "guinea pig"],
  ["mouse", "mouse"],
  ["mice", "mouse"],
  ["mus musculus", "mouse"],
  ["hamster", "hamster"],
  ["rabbit", "rabbit"],
  ["oryctolagus", "rabbit"],
  ["dog", "dog"],
  ["canis", "dog"],
  ["beagle", "dog"],
  ["cynomolgus", "monkey"],
  ["rhesus", "monkey"],
  ["macaque", "monkey"],
  ["macaca", "monkey"],
  ["minipig", "minipig"],
  ["miniature pig", "minipig"],
  ["mini pig", "minipig"],
  ["rattus", "rat"],
];

/** Names that are a species only as the whole text: a marmoset is a monkey of another size, and "rat" is in many words. */
const NAMES: ReadonlyMap<string, Species> = new Map([
  ["rat", "rat"],
  ["rats", "rat"],
  ["monkey", "monkey"],
  ["nhp", "monkey"],
]);

/** Which table a study's species uses; the species is free text ("Mouse", "Cynomolgus monkey", "RAT"). */
export const speciesOf = (text: string): Species => {
  const name = text.trim().toLowerCase();
  return NAMES.get(name) ?? WORDS.find(([word]) => name.includes(word))?.[1] ?? "other";
};
