import type { RandomNumbers } from "./random-numbers";

/**
 * A small model of what an immunomodulatory drug does to a mouse whose cereblon binds it: progenitors in the marrow are
 * held back while it is there, circulating cells follow with a delay, and all of it recovers once dosing stops. One
 * step is one day. Only sums, products and quotients: the same numbers on every machine.
 */
export type Constitution = {
  /** 10⁹/L before any dose. */
  readonly neutrophils: number;
  readonly platelets: number;
  readonly lymphocytes: number;
  /** g/dL. */
  readonly hemoglobin: number;
  readonly grams: number;
  readonly gramsPerDay: number;
  /** U/L. */
  readonly alt: number;
  readonly ast: number;
  /** mg/dL. */
  readonly bilirubin: number;
  readonly celsius: number;
  /** 1 is average; how strongly the dose acts on each tissue. */
  readonly marrow: number;
  readonly megakaryocytes: number;
  readonly appetite: number;
  readonly liver: number;
  /** Days in which the marrow is hit from elsewhere as well, as by an infection. */
  readonly strains: readonly MarrowStrain[];
};

export type MarrowStrain = { readonly fromDay: number; readonly toDay: number; readonly depth: number };

/** Each part relative to the healthy animal: 1 is as before the first dose, but exposure, loss and injury start at 0. */
export type Condition = {
  readonly exposure: number;
  readonly progenitors: number;
  readonly reserve: number;
  readonly neutrophils: number;
  readonly megakaryocytes: number;
  readonly platelets: number;
  readonly lostWeight: number;
  readonly liverInjury: number;
};

export const HEALTHY: Condition = {
  exposure: 0,
  progenitors: 1,
  reserve: 1,
  neutrophils: 1,
  megakaryocytes: 1,
  platelets: 1,
  lostWeight: 0,
  liverInjury: 0,
};

/** mg/kg at which the drug has half of its effect. */
const HALF_EFFECT_DOSE = 20;

const towards = (from: number, to: number, rate: number): number => from + (to - from) * rate;
const within = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high);

/** The condition a day after a dose in mg/kg (0: none) given to an animal in this condition. */
export const nextDay = (
  constitution: Constitution,
  condition: Condition,
  dose: number,
  studyDay: number,
): Condition => {
  const exposure = towards(condition.exposure, dose / (dose + HALF_EFFECT_DOSE), 0.5);
  const strain = constitution.strains
    .filter(({ fromDay, toDay }) => studyDay >= fromDay && studyDay <= toDay)
    .reduce((sum, { depth }) => sum + depth, 0);
  const suppression = within(1.3 * constitution.marrow * exposure + strain, 0, 0.97);
  const reserve = within(
    condition.reserve - 0.012 * constitution.marrow * exposure + 0.005 * (1 - condition.reserve),
    0.4,
    1,
  );
  const progenitors = towards(condition.progenitors, 1 - suppression, 0.3);
  const megakaryocytes = towards(
    condition.megakaryocytes,
    1 - within(constitution.megakaryocytes * exposure, 0, 0.985),
    0.2,
  );
  const sickness = condition.neutrophils < 0.35 ? 0.04 : 0;
  return {
    exposure,
    progenitors,
    reserve,
    neutrophils: towards(condition.neutrophils, progenitors * reserve, 0.4),
    megakaryocytes,
    platelets: towards(condition.platelets, megakaryocytes, 0.22),
    lostWeight: towards(condition.lostWeight, 0.12 * constitution.appetite * exposure + sickness, 0.06),
    liverInjury: towards(condition.liverInjury, constitution.liver * exposure, 0.09),
  };
};

const scattered = (random: RandomNumbers, mean: number, variation: number): number =>
  mean * (1 + variation * random.deviate());

export type BloodCount = {
  readonly neutrophils: number;
  readonly platelets: number;
  readonly lymphocytes: number;
  readonly wbc: number;
  readonly hemoglobin: number;
};

/** 10⁹/L, hemoglobin in g/dL; as an analyzer finds them, with its scatter and that of the day. */
export const bloodCount = (constitution: Constitution, condition: Condition, random: RandomNumbers): BloodCount => {
  const neutrophils = scattered(random, constitution.neutrophils * condition.neutrophils, 0.07);
  const lymphocytes = scattered(random, constitution.lymphocytes * (1 - 0.45 * condition.exposure), 0.08);
  return {
    neutrophils,
    lymphocytes,
    wbc: neutrophils + lymphocytes + scattered(random, 0.32, 0.2),
    platelets: scattered(random, constitution.platelets * condition.platelets, 0.05),
    hemoglobin: scattered(random, constitution.hemoglobin * (0.9 + 0.1 * condition.reserve), 0.02),
  };
};

export type LiverPanel = {
  readonly alt: number;
  readonly ast: number;
  readonly bilirubin: number;
  readonly alp: number;
};

/** U/L, bilirubin in mg/dL. */
export const liverPanel = (constitution: Constitution, condition: Condition, random: RandomNumbers): LiverPanel => ({
  alt: scattered(random, constitution.alt * (1 + 1.2 * condition.liverInjury), 0.1),
  ast: scattered(random, constitution.ast * (1 + 0.5 * condition.liverInjury), 0.1),
  bilirubin: scattered(random, constitution.bilirubin * (1 + 0.12 * condition.liverInjury), 0.12),
  alp: scattered(random, 92, 0.12),
});

/** g. */
export const bodyWeight = (
  constitution: Constitution,
  condition: Condition,
  studyDay: number,
  random: RandomNumbers,
): number => {
  const grown = constitution.grams + constitution.gramsPerDay * studyDay;
  return scattered(random, grown * (1 - condition.lostWeight), 0.006);
};

/** °C. */
export const temperature = (constitution: Constitution, random: RandomNumbers): number =>
  constitution.celsius + 0.2 * random.deviate();
