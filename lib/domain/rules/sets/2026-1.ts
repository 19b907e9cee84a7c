import type { Recovery, Restart, RuleSet } from "./rule-set";

const NEUTROPHILS_RECOVER: Recovery = { kind: "count", measurement: "neutrophils", atLeast: "recoverAt" };
const PLATELETS_RECOVER: Recovery = { kind: "count", measurement: "platelets", atLeast: "recoverAt" };
const GRADE_RECOVERS: Recovery = { kind: "grade", atMost: "otherRecoverGrade" };
const NEXT_LOWER_LEVEL: Restart = { kind: "next-lower-level" };
const DOSE_LESS_DECREMENT: Restart = { kind: "reduced", by: "restartDecrement" };

/** The source's Tables 1 and 2 and its paragraph on non-hematologic toxicity (dose-rules, section 4). */
export const RULE_SET_2026_1: RuleSet = {
  id: "2026-1",
  rows: [
    {
      rule: "NEUTROPENIA_G3",
      source: "TABLE_1_GRADE_3",
      when: { kind: "grade", terms: ["NEUTROPENIA"], grade: 3 },
      action: "WITHHOLD",
      recovered: NEUTROPHILS_RECOVER,
      restart: NEXT_LOWER_LEVEL,
    },
    {
      rule: "NEUTROPENIA_G4",
      source: "TABLE_1_GRADE_4",
      when: { kind: "grade", terms: ["NEUTROPENIA"], grade: 4 },
      action: "WITHHOLD",
      recovered: NEUTROPHILS_RECOVER,
      restart: NEXT_LOWER_LEVEL,
    },
    {
      rule: "FEBRILE_NEUTROPENIA",
      source: "TABLE_1_FEBRILE_NEUTROPENIA",
      when: {
        kind: "febrile-neutropenia",
        below: "grade3Below",
        atLeast: "feverCelsius",
        within: "febrileWindowMs",
        grade4Below: "grade4Below",
      },
      action: "WITHHOLD",
      recovered: NEUTROPHILS_RECOVER,
      restart: NEXT_LOWER_LEVEL,
    },
    {
      rule: "THROMBOCYTOPENIA_G3",
      source: "TABLE_2_GRADE_3",
      when: { kind: "grade", terms: ["THROMBOCYTOPENIA"], grade: 3 },
      action: "WITHHOLD",
      recovered: PLATELETS_RECOVER,
      restart: NEXT_LOWER_LEVEL,
    },
    {
      rule: "THROMBOCYTOPENIA_G4",
      source: "TABLE_2_GRADE_4",
      when: { kind: "grade", terms: ["THROMBOCYTOPENIA"], grade: 4 },
      action: "WITHHOLD",
      recovered: PLATELETS_RECOVER,
      restart: NEXT_LOWER_LEVEL,
    },
    {
      rule: "NON_HEMATOLOGIC_G3",
      source: "NON_HEMATOLOGIC_GRADE_3",
      when: { kind: "grade", terms: "ANY_OTHER", grade: 3 },
      action: "WITHHOLD",
      recovered: GRADE_RECOVERS,
      restart: DOSE_LESS_DECREMENT,
    },
    {
      rule: "NON_HEMATOLOGIC_G4",
      source: "NON_HEMATOLOGIC_GRADE_4",
      when: { kind: "grade", terms: "ANY_OTHER", grade: 4 },
      action: "WITHHOLD",
      recovered: GRADE_RECOVERS,
      restart: DOSE_LESS_DECREMENT,
    },
    {
      rule: "SEVERE_DERMATOLOGIC",
      source: "NON_HEMATOLOGIC_DERMATOLOGIC",
      when: { kind: "severe-dermatologic", signs: ["exfoliation", "bullae"], findings: "discontinueFindings" },
      action: "DISCONTINUE",
    },
    {
      rule: "LOWEST_LEVEL",
      source: "LABEL_LOWEST_LEVEL",
      when: { kind: "no-restart-dose" },
      action: "DISCONTINUE",
    },
  ],
};
