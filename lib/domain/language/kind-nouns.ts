import type { EntryKind } from "../record/log-entry";

const NOUNS: Readonly<Record<EntryKind, string>> = {
  weight: "body weight",
  cbc: "blood count",
  lft: "chemistry",
  observation: "observation",
  dose: "dose",
  order: "order",
  disposition: "disposition",
};

const isKind = (kind: string): kind is EntryKind => Object.hasOwn(NOUNS, kind);

/** What an entry of a kind is called in a sentence: "blood count". Of no kind of ours, the word as it is. */
export const kindNoun = (kind: string): string => (isKind(kind) ? NOUNS[kind] : kind);
