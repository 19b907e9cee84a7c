/** What a protocol makes of a laboratory term. */
export const LABORATORY_USES = {
  off: "Not graded",
  grade: "Graded",
  hold: "Graded; grade 3 or 4 withholds",
} as const;
