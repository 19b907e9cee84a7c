import * as z from "zod";
import { codeText, optionalLine } from "./text";

/** Amounts and limits: what is valid beyond being numbers, lib/domain decides with one reader for bundle, form and API. */
const amount = z.number();

const countCutOffs = z
  .strictObject({
    basis: z.enum(["absolute", "percentOfBaseline"]).nullish(),
    grade2Below: amount.nullish(),
    grade3Below: amount.nullish(),
    grade4Below: amount.nullish(),
    recoverAt: amount.nullish(),
  })
  .meta({
    id: "CountCutOffs",
    description: "In 10⁹/L, or in per cent of the animal's own baseline, which has no defaults",
  });

const referenceRange = z
  .strictObject({ lower: amount.nullish(), upper: amount.nullish(), unit: optionalLine(20) })
  .meta({
    id: "ReferenceRange",
    description: "Limits of normal for this species, strain and sex; there are no defaults",
  });

const doseGroup = z
  .strictObject({
    code: codeText(60).meta({ example: "G2" }),
    label: optionalLine(120),
    control: z.boolean().nullish(),
    doseLevels: z
      .array(amount)
      .max(50)
      .nullish()
      .meta({ description: "The group's own ladder; may be absent for a control group" }),
    startingDose: amount.nullish().meta({ description: "One of the group's levels; 0 for a control group" }),
  })
  .meta({ id: "NewDoseGroup" });

/** Protocol settings as in dose-history/1, and the dose groups. What is absent takes the default of the source. */
export const protocolSettings = z
  .strictObject({
    version: z.literal(1, "must be 1: amendments are not in this version").nullish(),
    effectiveFrom: z.null("must be absent: the first version holds from the beginning").optional(),
    doseUnit: z.string().trim().min(1).max(20).meta({ example: "mg/kg" }),
    doseLevels: z.array(amount).max(50).nullish().meta({ description: "Absent: every level of the groups" }),
    restartDecrement: amount.nullish(),
    feverCelsius: amount.nullish(),
    febrileWindowHours: amount.nullish(),
    neutrophils: countCutOffs.nullish(),
    platelets: countCutOffs.nullish(),
    otherRecoverGrade: amount.nullish(),
    resumePolicy: z
      .enum(["automatic", "on-order"])
      .nullish()
      .meta({ description: "May be absent in a draft; it must be chosen before signing" }),
    doseTolerancePercent: amount.nullish(),
    discontinueFindings: z
      .array(z.strictObject({ term: z.string().max(100), grade: amount }))
      .max(200)
      .nullish(),
    referenceRanges: z
      .strictObject({
        neutrophils: referenceRange.nullish(),
        platelets: referenceRange.nullish(),
        alt: referenceRange.nullish(),
        ast: referenceRange.nullish(),
        bilirubin: referenceRange.nullish(),
      })
      .nullish(),
    groups: z.array(doseGroup).min(1, "must have at least one dose group").max(100),
  })
  .meta({ id: "ProtocolSettings" });
export type ProtocolSettings = z.output<typeof protocolSettings>;

const cutOffsInForce = z.object({
  basis: z.enum(["absolute", "percentOfBaseline"]),
  grade2Below: z.number().nullable(),
  grade3Below: z.number(),
  grade4Below: z.number().nullable(),
  recoverAt: z.number(),
});

const rangeInForce = z.object({
  lower: z.number().nullable(),
  upper: z.number().nullable(),
  unit: z.string().nullable(),
});

/** A protocol version as it is read: complete, with every default filled in. */
export const protocolVersion = z
  .object({
    version: z.int().nonnegative(),
    effectiveFrom: z.string().nullable(),
    status: z.enum(["DRAFT", "SIGNED"]),
    savedAt: z.iso.datetime(),
    savedBy: z.string().nullable(),
    signedAt: z.iso.datetime().nullable(),
    signedBy: z.string().nullable(),
    doseUnit: z.string(),
    doseLevels: z.array(z.number()),
    restartDecrement: z.number(),
    feverCelsius: z.number(),
    febrileWindowHours: z.number(),
    neutrophils: cutOffsInForce,
    platelets: cutOffsInForce,
    otherRecoverGrade: z.int(),
    resumePolicy: z.enum(["automatic", "on-order"]).nullable().meta({ description: "Null in a draft: not yet chosen" }),
    doseTolerancePercent: z.number(),
    discontinueFindings: z.array(z.object({ term: z.string(), grade: z.int() })),
    referenceRanges: z.object({
      neutrophils: rangeInForce,
      platelets: rangeInForce,
      alt: rangeInForce,
      ast: rangeInForce,
      bilirubin: rangeInForce,
    }),
    groups: z.array(
      z.object({
        code: z.string(),
        label: z.string(),
        control: z.boolean(),
        doseLevels: z.array(z.number()),
        startingDose: z.number().nullable(),
        animals: z.int().nonnegative(),
      }),
    ),
  })
  .meta({ id: "ProtocolVersion" });
export type ProtocolVersion = z.output<typeof protocolVersion>;

/** The password again: signing is not a slip of a finger. */
export const protocolSignature = z
  .strictObject({
    password: z.string().min(1, "Type your password").max(1024),
    savedAt: z.iso
      .datetime()
      .optional()
      .meta({ description: "The savedAt of the draft that was read; one that was saved since is not signed" }),
  })
  .meta({ id: "ProtocolSignature" });
export type ProtocolSignature = z.output<typeof protocolSignature>;

const baselineHold = z.object({
  animal: z.string(),
  term: z.string(),
  grade: z.int(),
  entry: z.string(),
});

const percentCheck = z.object({
  measurement: z.enum(["neutrophils", "platelets"]),
  animals: z.int().nonnegative().meta({ description: "Animals with a count that can be a baseline" }),
  percent: z.number().meta({ description: "The percentage of the own baseline below which an animal would be held" }),
  heldBelowFrom: z.number().nullable().meta({ description: "The lowest such limit among the animals, in 10⁹/L" }),
  heldBelowTo: z.number().nullable().meta({ description: "The highest one" }),
  animalsAlreadyBelow: z.array(z.string()).meta({
    description: "Animals of which an earlier count before the first dose was below that share of their own baseline",
  }),
});

/** What is worth knowing before a signature: whether healthy animals of this study already meet a hold rule. */
export const baselineCheck = z
  .object({
    animals: z.int().nonnegative(),
    animalsWithResults: z.int().nonnegative().meta({ description: "Animals with a value that a rule looks at" }),
    animalsHeld: z
      .int()
      .nonnegative()
      .meta({ description: "Animals whose latest value of some term is grade 3 or more" }),
    holds: z.array(baselineHold),
    percentOfBaseline: z.array(percentCheck),
  })
  .meta({ id: "BaselineCheck" });
export type BaselineCheck = z.output<typeof baselineCheck>;
