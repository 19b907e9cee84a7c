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

const verdict = z.enum(["HOLDS", "DOES_NOT_HOLD", "CANNOT_BE_TOLD"]);
const statedValue = z.object({
  value: z.string(),
  qualifier: z.enum(["<", ">"]).nullable(),
  unit: z.string(),
  entry: z.string().nullable(),
});

const condition = z.object({
  subject: z.string(),
  verdict,
  value: statedValue.nullable(),
  comparison: z.enum(["below", "at most", "above", "at least", "recorded"]),
  cutOff: z.object({ value: z.string(), unit: z.string(), origin: z.string() }).nullable(),
  baseline: statedValue.nullable(),
  referenceLimit: z.object({ value: z.string(), unit: z.string(), limit: z.enum(["lower", "upper"]) }).nullable(),
  missing: z.string().nullable(),
});

const explanation = z
  .object({
    protocolVersion: z.int(),
    ctcaeVersion: z.string(),
    rules: z.array(
      z.object({
        rule: z.string(),
        term: z.string().nullable(),
        source: z.string(),
        verdict,
        grade: z.int().nullable(),
        conditions: z.array(condition),
        openSince: z.string().nullable(),
      }),
    ),
    recovery: z.array(z.object({ term: z.string(), verdict, condition, restartDose: z.string().nullable() })),
    doseBefore: z.string().nullable(),
    doseUnit: z.string(),
  })
  .meta({
    id: "Explanation",
    description: "Every row of the decision table as it was judged, with the numbers compared",
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
