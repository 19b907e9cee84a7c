/** Why an entry is corrected or voided, for counting; the reason itself is written beside it in words. The list is closed. */
export const REASON_CODES = {
  TRANSCRIPTION: "Written down wrongly",
  WRONG_ANIMAL: "Belongs to another animal",
  WRONG_UNIT: "Unit or decimal point was wrong",
  INSTRUMENT: "Instrument or laboratory was wrong",
  DUPLICATE: "Recorded twice",
  OTHER: "Another reason",
} as const;

export type ReasonCode = keyof typeof REASON_CODES;

export const REASON_CODE_NAMES = Object.keys(REASON_CODES) as [ReasonCode, ...ReasonCode[]];

/** Those of a correction, which leaves the entry with its animal, and those of a void. */
export const CORRECTION_CODES: readonly ReasonCode[] = ["TRANSCRIPTION", "WRONG_UNIT", "INSTRUMENT", "OTHER"];
export const VOID_CODES: readonly ReasonCode[] = ["DUPLICATE", "TRANSCRIPTION", "INSTRUMENT", "OTHER"];
