/** Every rule set that a protocol version can pin, the first one first. */
export const RULE_SETS = ["2026-1"] as const;

/**
 * The source's values, as a protocol document holds them: its Tables 1 and 2, the paragraph on non-hematologic toxicity,
 * and, where it is silent, the choices that a study can change. There is no default reference range: no human limit is
 * ever taken for an animal's.
 */
export const PROTOCOL_DEFAULTS = {
  ruleSet: "2026-1",
  restartDecrement: 1,
  feverCelsius: 38.5,
  febrileWindowHours: 24,
  neutrophils: { basis: "absolute", grade2Below: 1.5, grade3Below: 1.0, grade4Below: 0.5, recoverAt: 1.0 },
  platelets: { basis: "absolute", grade2Below: 75, grade3Below: 50, grade4Below: 25, recoverAt: 50 },
  otherRecoverGrade: 2,
  resumePolicy: "automatic",
  doseTolerancePercent: 0,
  discontinueFindings: [
    { term: "RASH", grade: 4 },
    { term: "STEVENS_JOHNSON_SYNDROME", grade: 1 },
    { term: "TOXIC_EPIDERMAL_NECROLYSIS", grade: 1 },
    { term: "ANGIOEDEMA", grade: 1 },
    { term: "ANAPHYLAXIS", grade: 1 },
  ],
  laboratoryTerms: {},
} as const;
