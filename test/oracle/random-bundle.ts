import * as fc from "fast-check";

import type { AnimalDocument, BundleDocument, EntryDocument, ProtocolDocument } from "./document";
import { randomCutOffs, randomDraft, type Draft } from "./random-drafts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const pad = (number: number, width = 2): string => String(number).padStart(width, "0");

/** Writes an instant of the January 2026 that every random study begins in, with an offset and in a random length. */
const writeInstantAs = (milliseconds: number, offsetMinutes: number, style: number): string => {
  const local = milliseconds + offsetMinutes * MINUTE;
  const month = local >= 59 * DAY ? 3 : local >= 31 * DAY ? 2 : 1;
  const day = Math.floor(local / DAY) - (month === 3 ? 59 : month === 2 ? 31 : 0) + 1;
  const [hour, minute] = [Math.floor((local % DAY) / HOUR), Math.floor((local % HOUR) / MINUTE)];
  const rest = local % MINUTE;
  const [second, fraction] = [Math.floor(rest / 1000), rest % 1000];
  const seconds = rest === 0 && style === 0 ? "" : `:${pad(second)}`;
  const decimals = fraction > 0 || style === 2 ? `.${pad(fraction, 3)}` : "";
  const ahead = Math.abs(offsetMinutes);
  const offset =
    offsetMinutes === 0 && style !== 1
      ? "Z"
      : `${offsetMinutes < 0 ? "-" : "+"}${pad(Math.floor(ahead / 60))}:${pad(ahead % 60)}`;
  return `2026-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}${seconds}${decimals}${offset}`;
};

const STUDY_BEGINS = 3 * DAY;

const ladders = fc.constantFrom<number[]>(
  [4, 3, 2, 1],
  [4, 3, 2, 1],
  [100, 75, 50, 25, 12.5],
  [1, 2, 3, 4],
  [4],
  [100, 25, 75, 50],
  [2.5, 1.25, 0.7],
  [0.3, 0.2, 0.1],
  [1e-7, 3e-7, 2e-7],
  [4, 3.999, 1],
  [9007199254740.125, 3e9, 0.5],
);

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>): fc.Arbitrary<Value | null | undefined> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 4, arbitrary },
  );

const limits = (...values: number[]): fc.Arbitrary<number | null | undefined> => maybe(fc.constantFrom(...values));

const bilirubinUnits = maybe(fc.constantFrom("mg/dL", "MG / dl", " mg/dL"));

const laboratoryTerms = fc.record(
  {
    ANEMIA: maybe(fc.constant("grade")),
    WHITE_BLOOD_CELL_DECREASED: maybe(fc.constant("grade")),
    LYMPHOCYTE_COUNT_DECREASED: maybe(fc.constant("grade")),
    ALP_INCREASED: maybe(fc.constantFrom("grade", "hold", "hold")),
    GGT_INCREASED: maybe(fc.constantFrom("grade", "hold", "hold")),
    CREATININE_INCREASED: maybe(fc.constantFrom("grade", "hold", "hold")),
    UNKNOWN: fc.constant(null),
  },
  { requiredKeys: [] },
);

const calendars = fc.constantFrom<unknown>(
  {},
  { cbc: null, unknown: 1 },
  {
    cbc: { everyDays: 7, times: 8, earlyDays: 1, lateDays: 1 },
    cbcAfterwards: { everyDays: 28, earlyDays: 3, lateDays: 3 },
    cbcWhileWithheld: { everyDays: 7, earlyDays: 1, lateDays: 1 },
    chemistry: { everyDays: 28, earlyDays: 3, lateDays: 3 },
    chemistryWhileWithheld: { everyDays: 7, earlyDays: 1, lateDays: null },
    weight: { daysPerWeek: 2 },
    observation: { everyDays: 1 },
    dose: { everyDays: 1, weekdays: ["MON", "TUE", "FRI"], cycleDays: 28, cycleDosingDays: 21, lastDay: 90 },
  },
);

const findings = fc.array(
  fc.record({ term: fc.constantFrom("RASH", "ANGIOEDEMA", "DIARRHEA", "A1_B"), grade: fc.integer({ min: 0, max: 5 }) }),
  { maxLength: 3 },
);

const protocol = fc.record(
  {
    version: fc.constant(1),
    effectiveFrom: fc.constant<string | null>(null),
    ruleSet: maybe(fc.constant("2026-1")),
    doseUnit: fc.constant("mg/kg"),
    doseLevels: ladders,
    restartDecrement: maybe(fc.constantFrom(0.1, 0.5, 1, 1.5, 25, 1e-7)),
    feverCelsius: maybe(fc.constantFrom(38.5, 39, 37.2)),
    febrileWindowHours: maybe(fc.constantFrom(0, 0.1, 6, 24, 1000)),
    neutrophils: maybe(randomCutOffs("neutrophils")),
    platelets: maybe(randomCutOffs("platelets")),
    otherRecoverGrade: maybe(fc.constantFrom(0, 1, 2)),
    resumePolicy: maybe(fc.constantFrom("automatic", "on-order")),
    doseTolerancePercent: maybe(fc.constantFrom(0, 2.5, 5, 33.4, 100)),
    discontinueFindings: maybe(findings),
    laboratoryTerms: maybe(laboratoryTerms),
    calendar: maybe(calendars),
    referenceRanges: maybe(
      fc.record(
        {
          neutrophils: maybe(fc.record({ lower: limits(1.2, 1.6, 0.4) }, { requiredKeys: [] })),
          platelets: maybe(fc.record({ lower: limits(150, 60), upper: limits(900) }, { requiredKeys: [] })),
          alt: maybe(fc.record({ upper: limits(60, 80) }, { requiredKeys: [] })),
          ast: maybe(fc.record({ upper: limits(60, 120) }, { requiredKeys: [] })),
          bilirubin: maybe(fc.record({ upper: limits(0.9, 0.3), unit: bilirubinUnits }, { requiredKeys: [] })),
          alp: maybe(fc.record({ upper: limits(200, 300) }, { requiredKeys: [] })),
          ggt: maybe(fc.record({ upper: limits(10, 20) }, { requiredKeys: [] })),
          creatinine: maybe(fc.record({ upper: limits(0.6, 0.2) }, { requiredKeys: [] })),
          hemoglobin: maybe(fc.record({ lower: limits(12, 9) }, { requiredKeys: [] })),
          wbc: maybe(fc.record({ lower: limits(4, 2.5) }, { requiredKeys: [] })),
          lymphocytes: maybe(fc.record({ lower: limits(2, 0.5) }, { requiredKeys: [] })),
        },
        { requiredKeys: [] },
      ),
    ),
  },
  { requiredKeys: ["version", "effectiveFrom", "doseUnit", "doseLevels"] },
);

const protocols: fc.Arbitrary<ProtocolDocument[]> = fc
  .array(fc.record({ protocol, daysLater: fc.integer({ min: 0, max: 12 }), offset: fc.constantFrom(0, 330, -480) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((drafts) => {
    let begins = STUDY_BEGINS;
    return drafts.map(({ protocol: settings, daysLater, offset }, index) => {
      begins += daysLater * DAY + (index + 1) * HOUR;
      const effectiveFrom = index === 0 ? null : writeInstantAs(begins, offset, 0);
      return { ...settings, version: 2 * index + 1, effectiveFrom };
    });
  });

type AnimalDraft = { control: boolean; ladder: number[] | null | undefined; start: number; withBaseline: boolean };

const animalDraft: fc.Arbitrary<AnimalDraft> = fc.record({
  control: fc.oneof({ weight: 5, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  ladder: maybe(ladders),
  start: fc.constantFrom(0, 0, 0, 1, 2),
  withBaseline: fc.boolean(),
});

const ANIMAL_IDS = ["M2", "10", "9", "é"];

const animalOf = (draft: AnimalDraft, index: number, first: ProtocolDocument): AnimalDocument => {
  const id = ANIMAL_IDS[index] ?? `M${index}`;
  const own = draft.ladder === undefined ? {} : { doseLevels: draft.ladder };
  const levels = draft.ladder ?? first.doseLevels;
  const descending = [...levels].sort((a, b) => b - a);
  const startingDose = draft.control ? 0 : (descending[draft.start % levels.length] ?? 0);
  return { id, startingDose, control: draft.control, ...own };
};

const baselineOf = (animal: AnimalDocument): EntryDocument[] => {
  const at = writeInstantAs(STUDY_BEGINS - DAY, 0, 1);
  const entry = (kind: string, fields: Partial<EntryDocument>): EntryDocument => ({
    id: `${animal.id} baseline ${kind}`,
    animal: animal.id,
    kind,
    observedAt: at,
    recordedAt: at,
    ...fields,
  });
  return [
    entry("weight", { grams: 22 }),
    entry("cbc", { neutrophils: 2, platelets: 200 }),
    entry("lft", { alt: 40, ast: 80, bilirubin: 0.4 }),
    entry("observation", { temperature: 37 }),
    {
      ...entry("dose", { amount: animal.startingDose }),
      observedAt: writeInstantAs(STUDY_BEGINS - HOUR, 330, 0),
      recordedAt: writeInstantAs(STUDY_BEGINS - HOUR, -300, 2),
    },
  ];
};

type Told = {
  readonly entry: EntryDocument;
  readonly observed: number;
  readonly recorded: number;
  readonly place: number;
};

/** Makes an entry of a draft: a plain one, or a correction or a void of one that was told before. */
const tell = (
  draft: Draft,
  index: number,
  { animal, levels }: { readonly animal: AnimalDocument; readonly levels: readonly number[] },
  clock: number,
  told: readonly Told[],
): Told => {
  const named = told.filter(({ entry }) => entry.animal === animal.id && entry.voids === undefined);
  const sameKind = named.filter(({ entry }) => entry.kind === draft.kind);
  const target =
    draft.names === "nothing" ? undefined : (draft.names === "void" ? named : sameKind).at(-1 - (draft.which % 4));
  const observed = target === undefined ? clock : Math.max(0, target.observed + draft.shift * HOUR);
  const recorded = Math.max(observed, target?.recorded ?? 0) + draft.delay * 30 * MINUTE;
  const { offset, style } = draft;
  const id = `${draft.idBegins}${index}`;
  const common = { id, animal: animal.id, recordedAt: writeInstantAs(recorded, offset, style) };
  const reason = "as found on review";
  if (draft.names === "void" && target !== undefined)
    return { entry: { ...common, voids: target.entry.id, reason }, observed, recorded, place: draft.place };
  const amount = draft.level === null || animal.control === true ? undefined : levels[draft.level % levels.length];
  const dosed = draft.kind === "dose" && amount !== undefined ? { amount } : {};
  const orderedDose =
    draft.kind === "order" && animal.control === true && draft.fields.dose !== undefined ? { dose: 0 } : {};
  const correction = target === undefined ? {} : { corrects: target.entry.id, reason };
  const observedAt = writeInstantAs(observed, -offset, 2 - style);
  const entry = { ...common, kind: draft.kind, observedAt, ...draft.fields, ...dosed, ...orderedDose, ...correction };
  return { entry, observed, recorded, place: draft.place };
};

/** A whole valid bundle, made to meet the edges: equal instants, late results, branches of corrections, amendments. */
export const randomBundle = (maxEntries: number): fc.Arbitrary<BundleDocument> =>
  fc
    .record({
      protocols,
      animals: fc.array(animalDraft, { minLength: 1, maxLength: 3 }),
      drafts: fc.array(randomDraft, { maxLength: maxEntries, size: "max" }),
    })
    .map(({ protocols: versions, animals: animalDrafts, drafts }) => {
      const [first] = versions;
      if (first === undefined) throw new Error("a study without a protocol");
      const animals = animalDrafts.map((draft, index) => animalOf(draft, index, first));
      const baselines = animals.flatMap((animal, index) =>
        animalDrafts[index]?.withBaseline ? baselineOf(animal) : [],
      );
      const told: Told[] = [];
      let clock = STUDY_BEGINS;
      for (const [index, draft] of drafts.entries()) {
        clock += draft.gap * HOUR;
        const animal = animals[draft.animal % animals.length];
        if (animal === undefined) continue;
        const levels = [...(animal.doseLevels ?? first.doseLevels)].sort((a, b) => b - a);
        told.push(tell(draft, index, { animal, levels }, clock, told));
      }
      const entries = [...told].sort((a, b) => a.place - b.place).map(({ entry }) => entry);
      return {
        format: "dose-history/1",
        study: { code: "RANDOM", species: "mouse", timeZone: "UTC" },
        protocols: versions,
        animals,
        entries: [...entries, ...baselines],
      };
    });
