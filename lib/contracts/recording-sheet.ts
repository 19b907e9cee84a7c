import * as z from "zod";
import { type Analyte, ANALYTES } from "@/lib/domain/record/analytes";
import { ENTRY_KINDS, ORDER_ACTIONS } from "@/lib/domain/record/kinds";

const entryKind = z.enum(ENTRY_KINDS);
const measuredFieldName = z.enum(ANALYTES.map(({ field }) => field) as [Analyte, ...Analyte[]]);
const instantMs = z.number().int();
const decimalText = z.string();

const standingValue = z
  .object({
    value: decimalText,
    qualifier: z.enum(["<", ">"]).nullable(),
    observedMs: instantMs,
    typedUnit: z.string().nullable().meta({ description: "The unit it was typed in; a form offers the same again" }),
  })
  .readonly()
  .meta({ description: "A value that stands, in the study's unit of that field, and when it was taken" });
export type StandingValue = z.output<typeof standingValue>;

const orderAction = z.enum(ORDER_ACTIONS);

const texts = z.array(z.string()).readonly();

/** What a technician needs to know of an animal while recording something of it. Amounts in the protocol's dose unit. */
const animalOnSheet = z
  .object({
    tag: z.string(),
    sex: z.enum(["F", "M", "U"]).nullable(),
    group: z.string().nullable(),
    room: z.string().nullable(),
    cage: z.string().nullable(),
    control: z.boolean(),
    startingDose: decimalText,
    doseLevels: texts.meta({ description: "From high to low; empty where neither its group nor the protocol has any" }),
    status: z.enum(["NOT_STARTED", "ON_DOSE", "WITHHELD", "DISCONTINUED", "OFF_STUDY"]),
    openToxicities: texts,
    dose: decimalText,
    doseBeforeHold: decimalText.nullable(),
    lastDecision: z
      .object({ sentence: z.string(), observedMs: instantMs, proposedDose: decimalText.nullable() })
      .readonly()
      .nullable()
      .meta({ description: "What the latest standing decision says; null before the first" }),
    firstDoseMs: instantMs.nullable(),
    last: z.partialRecord(measuredFieldName, standingValue).readonly(),
    baseline: z
      .partialRecord(measuredFieldName, z.object({ value: decimalText, observedMs: instantMs }).readonly())
      .readonly(),
    lastOfKind: z
      .partialRecord(entryKind, instantMs)
      .readonly()
      .meta({ description: "When an entry of a kind was last observed" }),
    lastAmount: decimalText.nullable(),
  })
  .readonly();
export type AnimalOnSheet = z.output<typeof animalOnSheet>;

/** Everything that the entry forms of a study start from, read at one instant of the database's clock. */
export const recordingSheet = z
  .object({
    study: z.object({ code: z.string(), species: z.string(), timeZone: z.string() }).readonly(),
    active: z.boolean().meta({ description: "A protocol is signed or imported: doses and orders can be recorded" }),
    units: z.object({ bilirubin: z.string().nullable(), dose: z.string().nullable() }).readonly(),
    nowMs: instantMs,
    kinds: z.array(entryKind).readonly().meta({ description: "What the reader may record" }),
    orders: z.array(orderAction).readonly().meta({ description: "The orders that the reader may give" }),
    animals: z.array(animalOnSheet).readonly(),
  })
  .readonly()
  .meta({ id: "RecordingSheet" });
export type RecordingSheet = z.output<typeof recordingSheet>;
