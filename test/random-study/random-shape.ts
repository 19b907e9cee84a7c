import type { RandomNumbers } from "../../prisma/seed/random-numbers";

/** What a species' healthy animals measure, roughly, and how its laboratory writes it. */
export type SpeciesProfile = {
  readonly species: string;
  readonly strain: string;
  readonly grams: number;
  readonly weightUnit: "g" | "kg";
  readonly neutrophils: number;
  readonly platelets: number;
  readonly countUnit: string;
  readonly alt: number;
  readonly ast: number;
  readonly bilirubin: number;
  readonly celsius: number;
};

const PROFILES: readonly [SpeciesProfile, ...SpeciesProfile[]] = [
  {
    species: "mouse",
    strain: "BALB/c",
    grams: 22,
    weightUnit: "g",
    neutrophils: 1.6,
    platelets: 950,
    countUnit: "10³/µL",
    alt: 40,
    ast: 90,
    bilirubin: 0.3,
    celsius: 37,
  },
  {
    species: "rat",
    strain: "Sprague Dawley",
    grams: 310,
    weightUnit: "g",
    neutrophils: 1.4,
    platelets: 1100,
    countUnit: "K/µL",
    alt: 34,
    ast: 110,
    bilirubin: 0.1,
    celsius: 37.2,
  },
  {
    species: "rabbit",
    strain: "New Zealand White",
    grams: 3300,
    weightUnit: "kg",
    neutrophils: 2.2,
    platelets: 380,
    countUnit: "10⁹/L",
    alt: 45,
    ast: 18,
    bilirubin: 0.2,
    celsius: 39.4,
  },
  {
    species: "dog",
    strain: "Beagle",
    grams: 10_400,
    weightUnit: "kg",
    neutrophils: 6.2,
    platelets: 310,
    countUnit: "cells/µL",
    alt: 38,
    ast: 33,
    bilirubin: 0.2,
    celsius: 38.3,
  },
  {
    species: "cynomolgus monkey",
    strain: "Mauritian",
    grams: 3900,
    weightUnit: "kg",
    neutrophils: 5.1,
    platelets: 420,
    countUnit: "10⁹/L",
    alt: 42,
    ast: 38,
    bilirubin: 0.2,
    celsius: 38,
  },
  {
    species: "ferret",
    strain: "outbred",
    grams: 1150,
    weightUnit: "g",
    neutrophils: 4,
    platelets: 600,
    countUnit: "/mm³",
    alt: 90,
    ast: 70,
    bilirubin: 0.2,
    celsius: 38.6,
  },
];

export type RandomGroup = {
  readonly code: string;
  readonly label: string;
  readonly control: boolean;
  readonly doseLevels: readonly number[];
  readonly startingDose: number;
};

/** How one random study is laid out: what differs from study to study, and is the same for all of its animals. */
export type StudyShape = {
  readonly profile: SpeciesProfile;
  readonly timeZone: string;
  readonly doseUnit: string;
  readonly days: number;
  readonly groups: readonly RandomGroup[];
  readonly animalsPerGroup: number;
  /** Whether animals name their group's ladder, or all share the protocol's. */
  readonly ownLadders: boolean;
  readonly tag: (number: number) => string;
  /** Days from one to the next. */
  readonly countEvery: number;
  readonly liverEvery: number;
  readonly weightEvery: number;
  readonly observationEvery: number;
  readonly doseEvery: number;
  readonly percentOfBaseline: boolean;
  readonly resumePolicy: "automatic" | "on-order";
  readonly ranges: "all" | "liver" | "none";
  readonly amended: boolean;
  /** The share of planned entries that was never made. */
  readonly gaps: number;
  /** How strongly the drug acts: 0 not at all. */
  readonly toxicity: number;
};

const rounded = (value: number): number => Number(value.toFixed(3));

/** Each level a share of the one above it; a ladder of one level has no way down. */
const ladderFrom = (start: number, levels: number): readonly number[] =>
  Array.from({ length: levels }, (_, index) => rounded((start * (levels - index)) / levels));

const TAGS: readonly [StudyShape["tag"], ...StudyShape["tag"][]] = [
  (number) => String(1000 + number),
  (number) => `${Math.ceil(number / 4)}F-${String(number).padStart(2, "0")}`,
  (number) => `R${String(number).padStart(4, "0")}`,
  (number) => `Tier ${number} (Ä)`,
];

const randomGroups = (random: RandomNumbers): readonly RandomGroup[] => {
  const levels = random.between(1, 5);
  const top = random.pick([1, 4, 12.5, 60, 300]);
  const treated = Array.from({ length: random.between(1, 4) }, (_, index): RandomGroup => {
    const startingDose = rounded(top / (index * index + 1));
    const doseLevels = ladderFrom(startingDose, levels);
    return { code: `D${index + 1}`, label: `${startingDose} a day`, control: false, doseLevels, startingDose };
  });
  if (random.chance(0.25)) return treated;
  return [{ code: "C", label: "Control", control: true, doseLevels: [], startingDose: 0 }, ...treated];
};

export const randomShape = (random: RandomNumbers): StudyShape => ({
  profile: random.pick(PROFILES),
  timeZone: random.pick(["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "Europe/Berlin"]),
  doseUnit: random.pick(["mg/kg", "mg", "mg/kg/day", "µg/kg"]),
  days: random.pick([1, 9, 28, 63, 120]),
  groups: randomGroups(random),
  animalsPerGroup: random.between(1, 7),
  ownLadders: random.chance(0.7),
  tag: random.pick(TAGS),
  countEvery: random.pick([2, 7, 7, 14]),
  liverEvery: random.pick([7, 14, 28]),
  weightEvery: random.pick([1, 3, 7]),
  observationEvery: random.pick([1, 1, 3]),
  doseEvery: random.pick([1, 1, 2, 7]),
  percentOfBaseline: random.chance(0.5),
  resumePolicy: random.pick(["automatic", "on-order"]),
  ranges: random.pick(["all", "liver", "none"]),
  amended: random.chance(0.3),
  gaps: random.pick([0, 0.05, 0.3]),
  toxicity: random.pick([0, 0.5, 1, 2]),
});
