import * as z from "zod";
import { CUT_OFF_READINGS } from "@/lib/domain/study/cut-off-readings";

/** What is laid over the recorded data in place of the versions that judged it. */
export const whatIfQuestion = z
  .strictObject({
    reading: z.enum(["version", ...CUT_OFF_READINGS]).meta({
      description:
        "version: a version as it is written, a draft too; us-label, ctcae-v6: that version with the counts of the US label or of CTCAE v6.0",
    }),
    version: z
      .int()
      .nonnegative()
      .nullish()
      .meta({ description: "Absent: the draft where there is one, else the version in force" }),
    from: z.string().max(40).nullish().meta({
      description: "Had it been in force from this instant on; absent: from the beginning of the study",
      example: "2026-03-02T09:00:00Z",
    }),
    animals: z.array(z.string().max(64)).min(1, "must name at least one animal").max(1000).nullish().meta({
      description:
        "Only these; absent: every animal of the study. A large study is asked for in parts, so that the answer to each comes soon",
    }),
  })
  .meta({ id: "WhatIfQuestion" });
export type WhatIfQuestion = z.output<typeof whatIfQuestion>;

const status = z.enum(["NOT_STARTED", "ON_DOSE", "WITHHELD", "DISCONTINUED", "OFF_STUDY"]);

const side = z.object({
  status,
  dose: z.number().meta({ description: "In force when the days ended, in the dose unit; 0 unless ON_DOSE" }),
  events: z
    .array(z.object({ entry: z.string(), action: z.string(), sentence: z.string() }))
    .meta({ description: "The decisions of the first of the days" }),
});
export type WhatIfSide = z.output<typeof side>;

const differingDays = z.object({
  fromDay: z.int(),
  toDay: z.int(),
  fromDate: z.iso.date(),
  toDate: z.iso.date(),
  days: z.int().positive(),
  recorded: side,
  whatIf: side,
});
export type DifferingDays = z.output<typeof differingDays>;

/** The study's days that would differ, animal by animal. Nothing is stored. */
export const whatIf = z
  .object({
    title: z.string(),
    version: z.int().nonnegative(),
    from: z.string().nullable(),
    doseUnit: z.string(),
    limits: z.array(z.string()).meta({ description: "What of that reading these rules cannot say" }),
    entries: z.int().nonnegative().meta({ description: "Entries that were replayed" }),
    animals: z.int().nonnegative(),
    animalsThatDiffer: z.int().nonnegative(),
    animalDays: z.int().nonnegative().meta({ description: "From each animal's first dose to its last entry" }),
    animalDaysThatDiffer: z.int().nonnegative(),
    differences: z.array(
      z.object({
        animal: z.string(),
        group: z.string().nullable(),
        days: z.int().nonnegative(),
        differingDays: z.int().positive(),
        stretches: z.array(differingDays),
      }),
    ),
  })
  .meta({ id: "WhatIf" });
export type WhatIf = z.output<typeof whatIf>;
