import { deviationsOf } from "./deviations";
import type { AnimalDocument, BundleDocument } from "./document";
import { writeFraction, type Fraction } from "./fraction";
import { run } from "./history";
import { knownAt } from "./standing";

/** JSON whose doses are exact fractions until they are written. */
type Written = string | number | Fraction | readonly Written[] | { readonly [key: string]: Written };

const isFraction = (value: object): value is Fraction => "under" in value;

const write = (value: Written): string => {
  if (typeof value === "string" || typeof value === "number") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (isFraction(value)) return writeFraction(value);
  return `{${Object.entries(value)
    .map(([key, one]) => `${JSON.stringify(key)}:${write(one)}`)
    .join(",")}}`;
};

const writeAnimal = (bundle: BundleDocument, animal: AnimalDocument, asKnownAt: number): string => {
  const entries = bundle.entries.filter((entry) => entry.animal === animal.id);
  const log = knownAt(entries, asKnownAt);
  const history = run(bundle.protocols, animal, log);
  const { end } = history;
  return write({
    status: end.status,
    dose: end.dose,
    openToxicities: end.open,
    events: history.events,
    grades: history.grades,
    notEvaluable: history.ungraded,
    deviations: deviationsOf(bundle.protocols, animal, log, history),
  });
};

/**
 * A second engine, for tests only: written from the text alone, with its own numbers and instants, slow and without any
 * state that it could carry wrongly. It gives the text of the whole answer, as known at an instant in milliseconds.
 */
export const oracleAnswer = (bundle: BundleDocument, asKnownAt = Number.POSITIVE_INFINITY): string => {
  const animals = bundle.animals.map(
    (animal) => `${JSON.stringify(animal.id)}:${writeAnimal(bundle, animal, asKnownAt)}`,
  );
  return `{"format":"dose-history/1","animals":{${animals.join(",")}}}`;
};
