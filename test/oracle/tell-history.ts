import { readBundle, type StudyBundle } from "../../lib/domain/record/read-bundle";
import { historyDocument, replayBundle, type HistoryDocument } from "../../lib/domain/rules/write-history";
import type { AnimalDocument, BundleDocument, EntryDocument, ProtocolDocument } from "./document";

/** An entry without what the story gives it by itself: its id, its animal and, mostly, when it was recorded. */
export type Happening = Partial<EntryDocument> & { readonly kind?: string };

const pad = (number: number): string => String(number).padStart(2, "0");

/** An hour of a day of January 2026; the animals of these stories are first dosed on day 5. */
export const at = (day: number, hour = 9): string => `2026-01-${pad(day)}T${pad(hour)}:00:00Z`;

const happening =
  (kind: string) =>
  (day: number, fields: Happening, hour = 9): Happening => ({ kind, observedAt: at(day, hour), ...fields });

export const weight = happening("weight");
export const cbc = happening("cbc");
export const lft = happening("lft");
export const observation = happening("observation");
export const order = happening("order");
export const dose = (day: number, amount: number, hour = 9): Happening => happening("dose")(day, { amount }, hour);

/** A weight, counts, liver values and an observation of day 4, and the first dose of 4 mg/kg on day 5. */
export const STARTED: readonly Happening[] = [
  weight(4, { grams: 20 }),
  cbc(4, { neutrophils: 2, platelets: 900 }),
  lft(4, { alt: 40, ast: 90, bilirubin: 0.4 }),
  observation(4, { temperature: 37 }),
  dose(5, 4),
];

const PROTOCOL: ProtocolDocument = {
  version: 1,
  doseUnit: "mg/kg",
  doseLevels: [4, 3, 2, 1],
  referenceRanges: {
    neutrophils: { lower: 1.2 },
    platelets: { lower: 150 },
    alt: { upper: 60 },
    ast: { upper: 120 },
    bilirubin: { upper: 0.9 },
  },
};

export type Story = {
  readonly protocols?: readonly Partial<ProtocolDocument>[];
  readonly animal?: Partial<AnimalDocument>;
  readonly asKnownAtMs?: number;
};

/** A study of one animal. Entries are e1, e2, … and are recorded when they happen unless they say otherwise. */
export const studyOf = (
  happenings: readonly Happening[],
  { protocols = [{}], animal = {} }: Story = {},
): StudyBundle => {
  const bundle: BundleDocument = {
    format: "dose-history/1",
    study: { code: "STORY", species: "mouse", timeZone: "UTC" },
    protocols: protocols.map((settings, index) => ({ ...PROTOCOL, version: index + 1, ...settings })),
    animals: [{ id: "M001", startingDose: animal.control === true ? 0 : 4, ...animal }],
    entries: happenings.map((told, index) => ({
      id: `e${index + 1}`,
      animal: "M001",
      recordedAt: told.observedAt ?? "",
      ...told,
    })),
  };
  const read = readBundle(bundle);
  if (!read.ok) throw new Error(`${read.fault.path}: ${read.fault.message}`);
  return read.value;
};

export const historyOf = (happenings: readonly Happening[], story: Story = {}): HistoryDocument => {
  const [history] = replayBundle(studyOf(happenings, story), story.asKnownAtMs).values();
  if (history === undefined) throw new Error("a story without an animal");
  return historyDocument(history);
};

/** "WITHHOLD 4→0 NEUTROPENIA_G3": the decisions of a history after the start, in short. */
export const decisionsOf = (history: HistoryDocument): readonly string[] =>
  history.events
    .filter(({ action }) => action !== "START")
    .map(({ action, fromDose, toDose, rules }) => `${action} ${fromDose}→${toDose} ${rules.join(" ")}`);
