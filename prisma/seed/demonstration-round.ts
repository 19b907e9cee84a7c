import { bodyWeight, temperature, type Condition } from "./animal-biology";
import type { DemonstrationAnimal } from "./demonstration-animals";
import { measuredKeys } from "./demonstration-measurements";

type Keys = Readonly<Record<string, unknown>>;

const SIGN_CATEGORIES = ["Appetite", "Activity", "Grooming", "Posture", "Skin"] as const;

const SICK_SIGNS: Readonly<Partial<Record<(typeof SIGN_CATEGORIES)[number], string>>> = {
  Appetite: "Food left in the hopper",
  Activity: "Less active than cage mates",
  Grooming: "Coat rough",
  Posture: "Hunched",
};

/** From mild: beyond these shares of lost weight an animal shows it. */
const SHOWS_FROM = 0.07;
const SEVERE_FROM = 0.14;

const signsOf = (animal: DemonstrationAnimal, condition: Condition, skin: string | undefined): readonly Keys[] => {
  const sick = condition.lostWeight > SHOWS_FROM || condition.neutrophils < 0.2;
  return SIGN_CATEGORIES.map((category) => {
    if (category === "Skin" && skin !== undefined) return { category, text: skin };
    const sign = SICK_SIGNS[category];
    const shown = sick && sign !== undefined && animal.random.chance(0.5);
    if (!shown) return { category, text: "Normal" };
    return { category, text: sign, severity: condition.lostWeight > SEVERE_FROM ? "moderate" : "mild" };
  });
};

const FEVER = 38.9;

/** The daily look at one animal; with its temperature on a morning of samples. */
export const observationKeys = (
  animal: DemonstrationAnimal,
  condition: Condition,
  day: number,
  measured: boolean,
): Keys => {
  const told = animal.story.findings?.find((findings) => findings.day === day);
  const tired = told === undefined && condition.exposure > 0.25 && animal.random.chance(0.015);
  const fever = animal.story.feverDay === day;
  const celsius = fever ? FEVER + 0.1 * animal.random.deviate() : temperature(animal.constitution, animal.random);
  return {
    ...(measured ? measuredKeys({ temperature: celsius }) : {}),
    findings: told?.findings ?? (tired ? [{ term: "FATIGUE", grade: 1 }] : []),
    ...(told?.bullae === true ? { skin: { exfoliation: false, bullae: true } } : {}),
    signs: signsOf(animal, condition, told?.skin),
  };
};

export const weightKeys = (animal: DemonstrationAnimal, condition: Condition, day: number): Keys =>
  measuredKeys({ grams: bodyWeight(animal.constitution, condition, day, animal.random) });
