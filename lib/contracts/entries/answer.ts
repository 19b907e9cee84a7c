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

const doseMeanwhile = z
  .object({
    entry: z.string(),
    at: z.iso.datetime().meta({ description: "When it was given" }),
    amount: z.number(),
    inForceThen: z.number().meta({ description: "The dose in force for it by the decisions that stood" }),
    inForceNow: z.number().meta({ description: "By those that stand now" }),
  })
  .meta({ id: "DoseMeanwhile" });

/** What a correction, a void or a late entry changes of what had been decided. */
export const decisionImpact = z
  .object({
    cause: z.enum(["correction", "void", "late"]),
    entry: z.string().meta({ description: "The entry that it changes by; of several the first" }),
    from: z.iso.datetime().meta({ description: "When the first decision that differs was observed" }),
    then: z.array(explainedEvent).meta({ description: "Stood, and no longer does" }),
    now: z.array(explainedEvent).meta({ description: "Stands now, and did not" }),
    doses: z.array(doseMeanwhile).meta({ description: "Given meanwhile, for which another dose was in force" }),
  })
  .meta({ id: "DecisionImpact" });
export type DecisionImpact = Readonly<z.output<typeof decisionImpact>>;

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
    impact: decisionImpact.nullable().meta({
      description:
        "What changes of what had been decided, and what was dosed meanwhile; the study director reviews it. Null: nothing",
    }),
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
