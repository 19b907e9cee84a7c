/** Why an entry is corrected or voided, for counting; the reason itself is written beside it in words. */
export const REASON_CODES = {
  TRANSCRIPTION: "Written down wrongly",
  WRONG_ANIMAL: "Belongs to another animal",
  WRONG_TIME: "Happened at another time",
  WRONG_UNIT: "Unit or decimal point was wrong",
  REPEATED_MEASUREMENT: "Measured again",
  LABORATORY_REVISED: "The laboratory revised its result",
  DUPLICATE: "Recorded twice",
  OTHER: "Another reason",
} as const;

export type ReasonCode = keyof typeof REASON_CODES;

export const REASON_CODE_NAMES = Object.keys(REASON_CODES) as [ReasonCode, ...ReasonCode[]];
