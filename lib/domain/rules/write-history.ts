import { Decimal } from "../decimal";
import type { AnimalHistory, DoseEvent } from "./history";
import { replayAnimal } from "./replay";
import type { LogEntry } from "../record/log-entry";
import { BUNDLE_FORMAT, type StudyBundle } from "../record/read-bundle";

/** An event as the document has it, keys in the document's order. */
export type EventDocument = {
  readonly at: string;
  readonly entry: string;
  readonly action: DoseEvent["action"];
  readonly rules: DoseEvent["rules"];
  readonly fromDose: number;
  readonly toDose: number;
  readonly toxicities: DoseEvent["toxicities"];
};

export type HistoryDocument = Omit<AnimalHistory, "dose" | "events"> & {
  readonly dose: number;
  readonly events: readonly EventDocument[];
};

export const eventDocument = ({
  at,
  entry,
  action,
  rules,
  fromDose,
  toDose,
  toxicities,
}: DoseEvent): EventDocument => ({
  at: at.text,
  entry,
  action,
  rules,
  fromDose: fromDose.toNumber(),
  toDose: toDose.toNumber(),
  toxicities: toxicities.map(({ term, grade }) => ({ term, grade })),
});

/** One animal's object of the output, keys in the contract's order. */
export const historyDocument = (history: AnimalHistory): HistoryDocument => ({
  status: history.status,
  dose: history.dose.toNumber(),
  openToxicities: history.openToxicities,
  events: history.events.map(eventDocument),
  grades: history.grades,
  notEvaluable: history.notEvaluable,
  deviations: history.deviations,
});

/** As `historyDocument`, with doses that stay exact where they have more digits than a JSON number can keep. */
const exactDocument = (history: AnimalHistory): unknown => ({
  ...historyDocument(history),
  dose: history.dose,
  events: history.events.map((event) => ({ ...eventDocument(event), fromDose: event.fromDose, toDose: event.toDose })),
});

/** JSON with every number in shortest form and never with an exponent, as the format asks. */
export const writeJson = (value: unknown): string => {
  if (typeof value === "number") return writeNumber(value);
  if (Decimal.isDecimal(value)) return value.toFixed();
  if (Array.isArray(value)) return `[${value.map(writeJson).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${writeJson(member)}`).join(",")}}`;
};

const writeNumber = (value: number): string => {
  const text = JSON.stringify(value);
  return text.includes("e") ? new Decimal(value).toFixed() : text;
};

/** The histories of a whole bundle, animals in the bundle's order. */
export const replayBundle = (bundle: StudyBundle, asKnownAtMs?: number): ReadonlyMap<string, AnimalHistory> => {
  const logs = new Map<string, LogEntry[]>(bundle.animals.map(({ id }) => [id, []]));
  for (const entry of bundle.entries) logs.get(entry.animal)?.push(entry);
  return new Map(
    bundle.animals.map((animal) => [
      animal.id,
      replayAnimal(bundle.protocols, animal, logs.get(animal.id) ?? [], asKnownAtMs).history,
    ]),
  );
};

/** The output document of a bundle as JSON text. Tags are written in the bundle's order, whatever they look like. */
export const writeHistories = (histories: ReadonlyMap<string, AnimalHistory>): string => {
  const animals = [...histories].map(([tag, history]) => `${JSON.stringify(tag)}:${writeJson(exactDocument(history))}`);
  return `{"format":${JSON.stringify(BUNDLE_FORMAT)},"animals":{${animals.join(",")}}}`;
};
