import * as z from "zod";
import { fieldFault } from "../problem";

const term = z.string().meta({ example: "NEUTROPENIA" });

export const doseEvent = z
  .object({
    at: z.string().meta({ description: "When the entry was observed, as written" }),
    entry: z.string(),
    action: z.enum([
      "START",
      "WITHHOLD",
      "REMAIN_WITHHELD",
      "RESUME",
      "RESUME_PROPOSED",
      "SET_DOSE",
      "DISCONTINUE",
      "OFF_STUDY",
    ]),
    rules: z.array(z.string()),
    fromDose: z.number(),
    toDose: z.number(),
    toxicities: z.array(z.object({ term, grade: z.int() })),
  })
  .meta({ id: "DoseEvent" });
export type DoseEventDocument = Readonly<z.output<typeof doseEvent>>;

const explainedEvent = doseEvent
  .extend({ sentence: z.string().meta({ description: "The decision in words, with the values it rests on" }) })
  .meta({ id: "ExplainedDoseEvent" });

const entryAnswer = z
  .object({
    id: z.string(),
    recordedAt: z.iso.datetime().meta({ description: "When it became known: the database's clock" }),
    grades: z.array(z.object({ entry: z.string(), term, grade: z.int() })),
    notEvaluable: z.array(
      z.object({ entry: z.string(), term, reason: z.enum(["NOT_REPORTED", "NO_REFERENCE_RANGE", "NO_BASELINE"]) }),
    ),
    deviations: z.array(z.object({ entry: z.string(), code: z.string() })),
    warnings: z.array(fieldFault).meta({ description: "What was saved and is unlikely" }),
  })
  .meta({ id: "EntryAnswer" });
export type EntryAnswer = Readonly<z.output<typeof entryAnswer>>;

const animalAnswer = z
  .object({
    status: z.enum(["NOT_STARTED", "ON_DOSE", "WITHHELD", "DISCONTINUED", "OFF_STUDY"]),
    dose: z.number().meta({ description: "In force, in the protocol's dose unit; 0 unless ON_DOSE" }),
    openToxicities: z.array(z.string()),
    events: z.array(explainedEvent).meta({ description: "Written by this request" }),
    superseded: z.array(doseEvent).meta({ description: "Of before, and no longer standing since this request" }),
  })
  .meta({ id: "AnimalAnswer" });
export type AnimalAnswer = Readonly<z.output<typeof animalAnswer>>;

/** What follows from recording entries, or would follow. */
export const recordingAnswer = z
  .object({
    entries: z.array(entryAnswer),
    animals: z.record(z.string(), animalAnswer).meta({ description: "By tag" }),
  })
  .meta({ id: "RecordingAnswer" });
export type RecordingAnswer = z.output<typeof recordingAnswer>;
