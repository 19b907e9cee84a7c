import * as fc from "fast-check";
import { expect, test, vi } from "vitest";

import { writeInstant } from "../../lib/domain/time/instant";
import type { BundleDocument, EntryDocument } from "./document";
import { millisecondsOf } from "./instants";
import { onlyAnimalOf, randomAnimal } from "./random-study.property";
import { histories } from "./run-count.property";
import type { AnimalHistory } from "../../lib/domain/rules/history";
import { replayAnimal } from "../../lib/domain/rules/replay";

vi.setConfig({ testTimeout: 300_000 });

type Worse = { readonly kind: string; readonly milder: Partial<EntryDocument>; readonly worse: Partial<EntryDocument> };

/** Two values of one measurement on a scale with a step on every edge, the second one worse. */
const pair = (kind: string, field: string, scale: readonly number[]): fc.Arbitrary<Worse> =>
  fc
    .tuple(fc.nat(scale.length - 1), fc.nat(scale.length - 1), fc.constantFrom(null, "<", ">"))
    .map(([one, other, mark]) => ({
      kind,
      milder: { [field]: scale[Math.min(one, other)], qualifiers: { [field]: mark } },
      worse: { [field]: scale[Math.max(one, other)], qualifiers: { [field]: mark } },
    }));

const finding = fc
  .tuple(fc.nat(5), fc.nat(5), fc.constantFrom("RASH", "DIARRHEA", "ANGIOEDEMA"))
  .map(([one, other, term]): Worse => ({
    kind: "observation",
    milder: { findings: [{ term, grade: Math.min(one, other) }] },
    worse: { findings: [{ term, grade: Math.max(one, other) }] },
  }));

const skin: fc.Arbitrary<Worse> = fc.constantFrom("exfoliation", "bullae").map((sign) => ({
  kind: "observation",
  milder: { temperature: 37 },
  worse: { temperature: 37, skin: { [sign]: true } },
}));

const COUNTS = [12, 2.4, 2, 1.6, 1.5, 1.49, 1.2, 1.01, 1, 0.99, 0.75, 0.51, 0.5, 0.49, 0.4, 0.25, 0.1, 0];
const PLATELETS = [700, 200, 150, 149.9, 100, 75, 74.9, 50.1, 50, 49.9, 25.1, 25, 24.9, 10, 0];

const worsened = fc.oneof(
  pair("cbc", "neutrophils", COUNTS),
  pair("cbc", "platelets", PLATELETS),
  pair("lft", "alt", [0, 40, 60, 60.1, 90, 120, 180, 180.1, 240, 300, 300.1, 400, 1200, 1200.1, 1601]),
  pair("lft", "ast", [0, 60, 80, 120, 120.1, 180, 240, 360, 360.1, 600, 600.1, 2400, 2400.1]),
  pair("lft", "bilirubin", [0, 0.3, 0.4, 0.9, 0.91, 1.35, 1.36, 2.7, 2.71, 9, 9.01]),
  pair("weight", "grams", [25, 22, 21, 20.91, 20.9, 20, 19.8, 18, 17.61, 17.6, 17.59, 16]),
  pair("observation", "temperature", [36.9, 37.2, 38.4, 38.5, 38.6, 39, 40.1]),
  finding,
  skin,
);

const ending = (bundle: BundleDocument, kind: string, fields: Partial<EntryDocument>): AnimalHistory => {
  const [animal] = bundle.animals;
  const instants = bundle.entries.flatMap(({ observedAt, recordedAt }) => [observedAt ?? recordedAt, recordedAt]);
  const afterAll = writeInstant(Math.max(0, ...instants.map(millisecondsOf)) + 1);
  const last = { id: "last", animal: animal?.id ?? "", kind, observedAt: afterAll, recordedAt: afterAll, ...fields };
  const one = onlyAnimalOf({ ...bundle, entries: [...bundle.entries, last] });
  return replayAnimal(one.protocols, one.animal, one.log).history;
};

const SEVERITY = ["ON_DOSE", "WITHHELD", "DISCONTINUED"];

/** A protocol version to itself: an amendment may discontinue at a recovery what it had withheld. */
const underOneVersion = (bundle: BundleDocument): BundleDocument => ({
  ...bundle,
  protocols: bundle.protocols.slice(0, 1),
});

test("a worse value never gives a milder outcome", () => {
  fc.assert(
    fc.property(randomAnimal(30).map(underOneVersion), worsened, (bundle, { kind, milder, worse }) => {
      const [better, sicker] = [ending(bundle, kind, milder), ending(bundle, kind, worse)];
      expect(SEVERITY.indexOf(sicker.status)).toBeGreaterThanOrEqual(SEVERITY.indexOf(better.status));
      expect(sicker.dose.toNumber()).toBeLessThanOrEqual(better.dose.toNumber());
      if (sicker.status !== "DISCONTINUED")
        expect(sicker.openToxicities).toEqual(expect.arrayContaining([...better.openToxicities]));
      for (const { entry, term, grade } of better.grades.filter((one) => one.entry === "last")) {
        const now = sicker.grades.find((one) => one.entry === entry && one.term === term);
        expect(now?.grade ?? -1).toBeGreaterThanOrEqual(grade);
      }
    }),
    histories(2000),
  );
});

test("a value reported as below or above a number is never judged milder than the number, from the worse side", () => {
  const marked = fc.constantFrom(
    ["cbc", "neutrophils", "<"],
    ["cbc", "platelets", "<"],
    ["weight", "grams", "<"],
    ["lft", "alt", ">"],
  );
  const value = fc.constantFrom(...COUNTS, ...PLATELETS, 20.9, 19.8, 17.6, 60, 180, 300, 1200);
  fc.assert(
    fc.property(
      randomAnimal(30).map(underOneVersion),
      marked,
      value,
      (bundle, [kind = "", field = "", mark], number) => {
        fc.pre(kind !== "weight" || number > 0);
        const plain = ending(bundle, kind, { [field]: number });
        const beside = ending(bundle, kind, { [field]: number, qualifiers: { [field]: mark } });
        expect(SEVERITY.indexOf(beside.status)).toBeGreaterThanOrEqual(SEVERITY.indexOf(plain.status));
      },
    ),
    histories(500),
  );
});
