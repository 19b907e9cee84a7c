import type { Constitution } from "./animal-biology";

export type StoryFindings = {
  readonly day: number;
  readonly findings: readonly { readonly term: string; readonly grade: number }[];
  readonly bullae?: true;
  /** The skin in words. */
  readonly skin: string;
};

/** What befalls one animal of the demonstration, beside what its constitution and its group's dose do to every animal. */
export type Story = {
  readonly constitution?: Partial<Constitution>;
  readonly findings?: readonly StoryFindings[];
  /** Found with a fever on the morning of this day. */
  readonly feverDay?: number;
  /** The count of this day went to an outside laboratory and came back three days later, in the afternoon. */
  readonly lateCountDay?: number;
  /** The neutrophils of this day were typed with the point in the wrong place; corrected two days later. */
  readonly slipDay?: number;
  /** A cage mate's weight was typed under this animal, noticed and voided the same morning. */
  readonly strangersWeightDay?: number;
  readonly notDone?: {
    readonly day: number;
    readonly fields: readonly ("neutrophils" | "platelets")[];
    readonly reason: string;
  };
  /** Dosed once by mistake, on the first dosing day after a hold began. */
  readonly dosedInHold?: string;
  /** Given the dose before its reduction once, on the day it resumed. */
  readonly givenOldDose?: string;
  readonly orders?: readonly StoryOrder[];
  readonly disposition?: { readonly day: number; readonly outcome: "DIED" | "EUTHANIZED"; readonly comment: string };
  /** Why it was started although a baseline value met a hold rule. */
  readonly startedNevertheless?: string;
  /** Its first dose is planned for today. */
  readonly startsToday?: true;
};

export type StoryOrder = {
  readonly day: number;
  readonly reason: string;
} & (
  { readonly action: "WITHHOLD" | "DISCONTINUE" } | { readonly action: "RESUME" | "SET_DOSE"; readonly dose: number }
);

const rash = (day: number, grade: number, skin: string): StoryFindings => ({
  day,
  findings: [{ term: "RASH", grade }],
  skin,
});

const resistant = { marrow: 0.55, megakaryocytes: 0.4 } as const;

/** A marrow hit from elsewhere in the days before a sample, deep enough to be seen in it. */
const strainBefore = (day: number, depth: number): Partial<Constitution> => ({
  strains: [{ fromDay: day - 7, toDay: day, depth }],
});

/** By tag. Males are M001–M004 (control), M009–M013, M019–M023, M029–M033, M039–M043; the rest are females. */
export const STORIES: Readonly<Record<string, Story>> = {
  M003: { constitution: { bilirubin: 0.03 } },
  M006: { notDone: { day: 36, fields: ["neutrophils", "platelets"], reason: "INSUFFICIENT_SAMPLE" } },
  M011: { notDone: { day: 29, fields: ["platelets"], reason: "CLOTTED" } },
  M014: { strangersWeightDay: 25 },
  M018: { startsToday: true },

  M020: {
    constitution: resistant,
    orders: [
      { day: 33, action: "WITHHOLD", reason: "Corneal abrasion of the left eye, under veterinary treatment" },
      { day: 40, action: "RESUME", dose: 10, reason: "Eye healed, veterinarian agrees; not related to treatment" },
    ],
  },
  M021: { constitution: { ...resistant, neutrophils: 2.3 }, slipDay: 22 },
  M023: { constitution: { neutrophils: 2.3, ...strainBefore(57, 0.45) } },
  M025: { constitution: { ...resistant, liver: 62 } },
  M027: {
    constitution: { neutrophils: 2.6, marrow: 0.8 },
    findings: [
      rash(51, 1, "Erythema of the nape"),
      rash(53, 2, "Erythema spreading over the back"),
      rash(55, 3, "Papules over half of the back, scratching"),
      rash(56, 3, "Unchanged"),
    ],
  },

  M030: { constitution: { appetite: 4.6, marrow: 0.7, gramsPerDay: 0.01 } },
  M031: {
    constitution: { neutrophils: 0.86, marrow: 0.9 },
    startedNevertheless: "Baseline neutrophils below 1.0 are usual in this strain; kept in the study as planned",
  },
  M032: { constitution: { neutrophils: 2.4, marrow: 0.95, ...strainBefore(57, 0.35) } },
  M033: { constitution: { neutrophils: 2.2, marrow: 1.5 } },
  M034: { constitution: { neutrophils: 2.3, marrow: 1, ...strainBefore(15, 0.5) }, lateCountDay: 15 },
  M036: { constitution: { megakaryocytes: 9, marrow: 0.75 } },
  M037: {
    constitution: { neutrophils: 2.1, marrow: 1.35 },
    givenOldDose: "Syringe filled from the list of the day before; noticed after dosing, director told",
  },

  M039: { constitution: { neutrophils: 1.3, marrow: 1.9 } },
  M041: {
    constitution: { marrow: 0.7 },
    findings: [
      rash(17, 1, "Erythema of both ears"),
      rash(19, 2, "Erythema spreading to the neck"),
      rash(22, 3, "Papules over the back, scratching"),
      rash(24, 3, "Unchanged"),
      rash(27, 2, "Papules drying"),
      rash(31, 1, "Erythema of the neck only"),
      rash(36, 0, "Skin clear"),
    ],
  },
  M042: {
    constitution: { neutrophils: 2, marrow: 1.8, ...strainBefore(36, 0.6) },
    feverDay: 36,
    disposition: { day: 39, outcome: "DIED", comment: "Found dead in the cage at the morning round; necropsy done" },
  },
  M043: {
    constitution: { marrow: 0.75 },
    findings: [
      rash(28, 1, "Erythema of the belly"),
      {
        day: 31,
        findings: [{ term: "RASH", grade: 2 }],
        bullae: true,
        skin: "Two bullae of 3 mm at the right flank",
      },
      rash(38, 1, "Bullae healed, erythema of the flank"),
    ],
  },
  M044: { constitution: { neutrophils: 2.5, marrow: 0.95, ...strainBefore(50, 0.3) } },
  M045: {
    constitution: { appetite: 5.2, marrow: 0.8, gramsPerDay: 0.005 },
    disposition: {
      day: 47,
      outcome: "EUTHANIZED",
      comment: "Humane endpoint: weight loss beyond 20 %, veterinarian present",
    },
  },
  M046: {
    constitution: { neutrophils: 2.2, marrow: 1.3 },
    dosedInHold: "Dosed from an outdated printed list; noticed after dosing, director told",
  },
  M047: { constitution: { neutrophils: 2.1, marrow: 1.45 }, feverDay: 22 },
};
