import * as fc from "fast-check";

import type { CutOffsDocument, EntryDocument, MeasuredField } from "./document";

/** Values on, just beside and well apart from every edge that the random protocols have. */
const NEAR_THE_EDGES: Readonly<Record<MeasuredField, readonly number[]>> = {
  neutrophils: [0, 0.1, 0.25, 0.4, 0.49, 0.5, 0.51, 0.75, 0.99, 1, 1.01, 1.2, 1.49, 1.5, 1.6, 2, 2.4, 12],
  platelets: [0, 10, 24.9, 25, 25.1, 49.9, 50, 50.1, 74.9, 75, 100, 149.9, 150, 200, 700],
  grams: [16, 17.59, 17.6, 17.61, 18, 19.8, 20, 20.9, 20.91, 21, 22, 25],
  alt: [0, 40, 59.9, 60, 60.1, 90, 119.9, 120, 180, 180.1, 240, 300, 300.1, 400, 1200, 1200.1, 1601],
  ast: [0, 60, 80, 120, 120.1, 180, 240, 360, 360.1, 600, 600.1, 2400, 2400.1],
  bilirubin: [0, 0.3, 0.4, 0.9, 0.91, 1.35, 1.36, 2.7, 2.71, 9, 9.01],
  alp: [0, 80, 200, 200.1, 400, 500, 500.1, 600, 750, 750.1, 1000, 1000.1, 1500, 1500.1, 4000, 4000.1, 6000, 6000.1],
  ggt: [0, 6, 10, 10.1, 20, 25, 25.1, 40, 50, 50.1, 100, 100.1, 200, 200.1],
  creatinine: [0, 0.1, 0.2, 0.3, 0.31, 0.4, 0.6, 0.601, 0.9, 0.91, 1.2, 1.21, 1.8, 1.81, 3.6, 3.61],
  hemoglobin: [0, 7.9, 8, 8.1, 9.9, 10, 10.1, 11.9, 12, 14],
  wbc: [0, 0.9, 1, 1.1, 1.9, 2, 2.1, 2.9, 3, 3.9, 4, 6],
  lymphocytes: [0, 0.1, 0.2, 0.3, 0.49, 0.5, 0.7, 0.8, 0.81, 1.9, 2, 3],
  temperature: [0, 36.9, 37.2, 38.4, 38.5, 38.6, 39, 40.1],
};

const ordered = (
  { basis, grade2Below, grade3Below, grade4Below, recoverAt }: CutOffsDocument,
  defaults: number[],
): boolean => {
  const percent = basis === "percentOfBaseline";
  const [two, three, four, recover] = [grade2Below, grade3Below, grade4Below, recoverAt].map(
    (given, index) => given ?? (percent ? null : (defaults[index] ?? null)),
  );
  if (three === null || three === undefined || recover === null || recover === undefined) return false;
  return (four ?? 0) <= three && three <= (two ?? three) && recover >= three;
};

const DEFAULTS = { neutrophils: [1.5, 1, 0.5, 1], platelets: [75, 50, 25, 50] };
const ABSOLUTE = { neutrophils: [0.4, 0.5, 0.75, 1, 1.2, 1.5, 2], platelets: [10, 25, 50, 50.1, 75, 100] };
const PERCENT = [12.5, 25, 33.3, 50, 60, 75, 100, 120];

const block = (basis: string, values: readonly number[]): fc.Arbitrary<CutOffsDocument> => {
  const cut = fc.option(fc.constantFrom(...values), { freq: 3 });
  return fc.record({ basis: fc.constant(basis), grade2Below: cut, grade3Below: cut, grade4Below: cut, recoverAt: cut });
};

export const randomCutOffs = (count: "neutrophils" | "platelets"): fc.Arbitrary<CutOffsDocument> =>
  fc
    .oneof(block("absolute", ABSOLUTE[count]), block("percentOfBaseline", PERCENT))
    .filter((cutOffs) => ordered(cutOffs, DEFAULTS[count]));

const UNREMARKABLE: Readonly<Record<MeasuredField, number>> = {
  neutrophils: 2,
  platelets: 200,
  grams: 22,
  alt: 40,
  ast: 60,
  bilirubin: 0.4,
  alp: 80,
  ggt: 6,
  creatinine: 0.4,
  hemoglobin: 14,
  wbc: 6,
  lymphocytes: 3,
  temperature: 37,
};

const number = (field: MeasuredField): fc.Arbitrary<number> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...NEAR_THE_EDGES[field]) },
    { weight: 3, arbitrary: fc.constant(UNREMARKABLE[field]) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 40_000 }).map((hundredths) => hundredths / 100) },
  );

const maybe = (field: MeasuredField): fc.Arbitrary<number | null | undefined> =>
  fc.oneof({ weight: 1, arbitrary: fc.constantFrom(null, undefined) }, { weight: 6, arbitrary: number(field) });

const qualifiers = (...fields: MeasuredField[]): fc.Arbitrary<EntryDocument["qualifiers"]> => {
  const mark = fc.constantFrom("<", ">", null);
  const marks = Object.fromEntries(fields.map((field) => [field, mark]));
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(null, undefined) },
    { weight: 1, arbitrary: fc.record(marks, { requiredKeys: [] }) },
  );
};

/** Reasons, and what is none: blank is one, empty is not. */
const notDone = (...fields: string[]): fc.Arbitrary<unknown> => {
  const why = fc.constantFrom<unknown>("CLOTTED", "CLOTTED", "CLOTTED", " ", "", null, true, 0, ["CLOTTED"]);
  const reasons = Object.fromEntries(fields.map((field) => [field, why]));
  return fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom(null, undefined) },
    { weight: 3, arbitrary: fc.record(reasons, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>("CLOTTED", [], 7, { elsewhere: "CLOTTED" }) },
  );
};

type Fields = Partial<EntryDocument>;

const findings = fc.uniqueArray(
  fc.record({
    term: fc.constantFrom("RASH", "DIARRHEA", "DIARRHEA", "DIARRHEA", "A1_B", "A1_B", "A1_B", "A1_B", "ANGIOEDEMA"),
    grade: fc.constantFrom(0, 0, 1, 1, 2, 2, 2, 3, 3, 4, 5),
  }),
  { maxLength: 2, selector: ({ term }) => term },
);

const skin = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.constantFrom<EntryDocument["skin"]>(null, undefined, {}, { exfoliation: false, bullae: null }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<EntryDocument["skin"]>({ exfoliation: true }, { exfoliation: null, bullae: true }),
  },
);

const doses = fc.constantFrom(0, 0.1, 0.3, 0.7, 1, 1.25, 2, 2.5, 3, 4, 4.1, 4.2, 50, 75, 100, 1e-7, 3e-7);

const order: fc.Arbitrary<Fields> = fc
  .record({
    action: fc.constantFrom(
      "WITHHOLD",
      "WITHHOLD",
      "RESUME",
      "RESUME",
      "RESUME",
      "SET_DOSE",
      "SET_DOSE",
      "DISCONTINUE",
    ),
    dose: fc.constantFrom(0.1, 0.5, 1, 2, 2.5, 3.5, 4, 100),
    reason: fc.constant("the director's judgement"),
  })
  .map(({ action, dose, reason }) =>
    action === "RESUME" || action === "SET_DOSE" ? { action, dose, reason } : { action, reason },
  );

const fieldsOf = {
  weight: fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({ grams: number("grams"), qualifiers: qualifiers("grams"), notDone: notDone("grams") }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        grams: fc.constantFrom(null, undefined),
        qualifiers: qualifiers("grams"),
        notDone: fc.constantFrom({ grams: "MISSED" }, { grams: " ", amount: "" }),
      }),
    },
  ),
  cbc: fc.record({
    neutrophils: maybe("neutrophils"),
    platelets: maybe("platelets"),
    wbc: maybe("wbc"),
    lymphocytes: maybe("lymphocytes"),
    hemoglobin: maybe("hemoglobin"),
    qualifiers: qualifiers("neutrophils", "platelets", "wbc", "lymphocytes", "hemoglobin"),
    notDone: notDone("platelets", "wbc"),
  }),
  lft: fc.record({
    alt: maybe("alt"),
    ast: maybe("ast"),
    bilirubin: maybe("bilirubin"),
    alp: maybe("alp"),
    ggt: maybe("ggt"),
    creatinine: maybe("creatinine"),
    qualifiers: qualifiers("alt", "ast", "bilirubin", "alp", "ggt", "creatinine"),
    notDone: notDone("alt", "creatinine"),
  }),
  observation: fc.record({
    temperature: maybe("temperature"),
    findings: fc.option(findings),
    skin,
    qualifiers: qualifiers("temperature"),
    notDone: notDone("observation", "temperature"),
  }),
  dose: fc.record({ amount: doses, notDone: notDone("amount") }),
  order,
  disposition: fc.record({ outcome: fc.constantFrom("DIED", "EUTHANIZED", "REMOVED") }),
} satisfies Readonly<Record<string, fc.Arbitrary<Fields>>>;

const WEIGHTS = { weight: 6, cbc: 20, lft: 6, observation: 12, dose: 14, order: 4, disposition: 1 } as const;

const kindAndFields: fc.Arbitrary<{ kind: string; fields: Fields }> = fc.oneof(
  ...Object.entries(fieldsOf).map(([kind, fields]) => ({
    weight: kind in WEIGHTS ? WEIGHTS[kind as keyof typeof WEIGHTS] : 1,
    arbitrary: (fields as fc.Arbitrary<Fields>).map((chosen) => ({ kind, fields: chosen })),
  })),
);

export type Draft = {
  readonly kind: string;
  readonly fields: Fields;
  readonly animal: number;
  /** Hours after the entry before. */
  readonly gap: number;
  /** Half hours from the observation (or from what is corrected) until it is recorded. */
  readonly delay: number;
  readonly offset: number;
  readonly style: number;
  readonly idBegins: string;
  readonly names: "nothing" | "correction" | "void";
  readonly which: number;
  /** Hours that a correction moves the observation by. */
  readonly shift: number;
  /** A dose of this level of the animal's ladder, where it is not of a random amount. */
  readonly level: number | null;
  /** Where in the bundle's list it comes. */
  readonly place: number;
};

/** Beginnings of ids in whose order UTF-16 units and code points disagree, and a lone surrogate. */
const ID_BEGINS = ["e", "e", "E", "", "é", "\uE000", "\u{1F600}", "\uFFFD", "\uD83D"];

export const randomDraft: fc.Arbitrary<Draft> = fc
  .record({
    what: kindAndFields,
    animal: fc.nat(5),
    gap: fc.constantFrom(0, 0, 0, 1, 6, 24, 24, 24),
    delay: fc.constantFrom(0, 0, 0, 0, 1, 2, 12, 48, 48, 144),
    offset: fc.constantFrom(0, 0, 330, -480, 825),
    style: fc.nat(2),
    idBegins: fc.constantFrom(...ID_BEGINS),
    names: fc.oneof(
      { weight: 14, arbitrary: fc.constant<Draft["names"]>("nothing") },
      { weight: 4, arbitrary: fc.constant<Draft["names"]>("correction") },
      { weight: 1, arbitrary: fc.constant<Draft["names"]>("void") },
    ),
    which: fc.nat(5),
    shift: fc.constantFrom(0, 0, 0, 1, -1, -24, 24),
    level: fc.option(fc.constantFrom(0, 0, 1, 2), { freq: 3 }),
    place: fc.nat(),
  })
  .map(({ what, ...draft }) => ({ ...what, ...draft }));
