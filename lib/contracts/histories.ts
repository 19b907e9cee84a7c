import * as z from "zod";
import { parseInstant } from "@/lib/domain/time/instant";
import { doseEvent } from "./entries/answer";
import { calendarDate } from "./text";

/** A plus of an address stands for a blank: one that was not escaped was meant as the sign of an offset. */
const instantOfAddress = z
  .string()
  .transform((text) => text.replace(/ (?=\d{2}:\d{2}$)/u, "+"))
  .refine(
    (text) => parseInstant(text) !== null,
    "must be an ISO 8601 instant with Z or an offset, like 2026-01-05T09:00:00Z",
  );

const asKnownAt = instantOfAddress
  .optional()
  .meta({ description: "Only what was recorded at or before this instant counts" });

/** An instant that was read already, in milliseconds; null where none is given. */
export const instantMs = (asKnownAt: string | undefined): number | null =>
  asKnownAt === undefined ? null : (parseInstant(asKnownAt)?.ms ?? null);

export const historyQuery = z.strictObject({ asKnownAt });

/** What an exported bundle is asked with. */
const PROOF_CHOICES = ["with", "without", "auto"] as const;
export type ProofChoice = (typeof PROOF_CHOICES)[number];
export const bundleQuery = z.strictObject({
  asKnownAt,
  proof: z.enum(PROOF_CHOICES).optional().meta({
    description:
      "With its proof (audit chains, checkpoints, signature) a bundle can be verified without this server. auto, unless said: with it, but for a study that is as it was imported",
  }),
});

const verdict = z.enum(["MET", "NOT_MET", "NOT_EVALUABLE"]);
const unit = z.string().nullable();
const statedValue = z.object({
  value: z.string(),
  qualifier: z.enum(["<", ">"]).nullable(),
  unit,
  entry: z.string().nullable(),
});

const subject = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("measurement"), measurement: z.string() }),
  z.object({ kind: z.literal("grade"), term: z.string() }),
  z.object({ kind: z.literal("sign"), sign: z.enum(["exfoliation", "bullae"]) }),
  z.object({ kind: z.literal("interval") }),
]);

const origin = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("setting"), setting: z.string(), percentOfBaseline: z.string().nullable() }),
  z.object({ kind: z.literal("upperLimit"), times: z.string() }),
  z.object({ kind: z.literal("baseline"), times: z.string() }),
  z.object({ kind: z.literal("rule") }),
]);

const condition = z.object({
  subject,
  verdict,
  value: statedValue.nullable(),
  comparison: z.enum(["below", "atMost", "above", "atLeast", "recorded"]),
  cutOff: z.object({ value: z.string(), unit, origin }).nullable(),
  baseline: statedValue.nullable(),
  upperLimit: z.object({ value: z.string(), unit }).nullable(),
  missing: z
    .enum(["NOT_IN_ENTRY", "NO_VALUE_YET", "NO_REFERENCE_RANGE", "NO_BASELINE", "BEFORE_FIRST_DOSE", "NOT_NAMED"])
    .nullable(),
});

const ruleVerdicts = z.array(
  z.object({
    rule: z.string(),
    term: z.string().nullable(),
    source: z.string(),
    verdict,
    grade: z.int().nullable(),
    conditions: z.array(condition),
    openSince: z.string().nullable(),
  }),
);

const explanation = z
  .object({
    ruleSet: z.string(),
    protocolVersion: z.int(),
    ctcaeVersion: z.string(),
    doseUnit: z.string(),
    resumePolicy: z.enum(["automatic", "on-order"]),
    control: z.boolean(),
    studyDay: z.int().nullable(),
    outcome: z.enum(["DIED", "EUTHANIZED", "REMOVED"]).nullable(),
    hold: z
      .object({ doseBefore: z.string(), byOrder: z.boolean(), restartDose: z.string().nullable() })
      .nullable()
      .meta({ description: "The hold that the event begins, continues or ends" }),
    recovery: z.array(
      z.object({
        term: z.string(),
        closed: z.enum(["NOW", "EARLIER"]).nullable(),
        verdict,
        condition: condition.nullable(),
        restartDose: z.string().nullable(),
      }),
    ),
    met: ruleVerdicts,
    unmet: ruleVerdicts.meta({ description: "Not met, or not evaluable" }),
  })
  .meta({
    id: "Explanation",
    description: "Every row of the decision table as it was judged, in codes and with the exact numbers compared",
  });

/** One animal's object of the output of dose-history/1; each event with its sentence and explanation. */
export const animalHistory = z
  .object({
    status: z.enum(["NOT_STARTED", "ON_DOSE", "WITHHELD", "DISCONTINUED", "OFF_STUDY"]),
    dose: z.number(),
    openToxicities: z.array(z.string()),
    events: z.array(doseEvent.extend({ studyDay: z.int().nullable(), sentence: z.string(), explanation })),
    grades: z.array(z.object({ entry: z.string(), term: z.string(), grade: z.int() })),
    notEvaluable: z.array(z.object({ entry: z.string(), term: z.string(), reason: z.string() })),
    deviations: z.array(z.object({ entry: z.string(), code: z.string() })),
  })
  .meta({ id: "AnimalHistory" });

const ACTIONS = [
  "START",
  "WITHHOLD",
  "REMAIN_WITHHELD",
  "RESUME",
  "RESUME_PROPOSED",
  "SET_DOSE",
  "DISCONTINUE",
  "OFF_STUDY",
] as const;

/** Which rows of the dose-modification history; dates are those of the study's calendar, both included. */
export const doseModificationFilters = z.strictObject({
  animal: z.string().min(1).max(64).optional(),
  group: z.string().min(1).max(64).optional(),
  action: z.enum(ACTIONS).optional(),
  from: calendarDate.optional().meta({ description: "Observed on this date or later" }),
  to: calendarDate.optional().meta({ description: "Observed on this date or earlier" }),
  asKnownAt,
});
export type DoseModificationFilters = z.output<typeof doseModificationFilters>;
