import * as z from "zod";
import { LABORATORY_TERMS, RANGED_MEASUREMENTS, type RangedMeasurement } from "../domain/grading/criteria";
import { RULE_SETS } from "../domain/study/defaults";
import { shownSignature, signatureInput } from "./signatures";
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

const eachRange = <Item extends z.ZodType>(item: Item) =>
  Object.fromEntries(RANGED_MEASUREMENTS.map((measurement) => [measurement, item])) as Readonly<
    Record<RangedMeasurement, Item>
  >;

const laboratoryTerms = z
  .partialRecord(z.enum(LABORATORY_TERMS), z.enum(["grade", "hold"]))
  .meta({ id: "LaboratoryTerms", description: "Graded, or graded and holding the dose; what is absent is not graded" });

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

const LONGEST_REASON = 2000;

/**
 * Protocol settings as in dose-history/1. The first version has the dose groups; an amendment leaves them out, and has a
 * reason. What is absent takes the default of the source.
 */
export const protocolSettings = z
  .strictObject({
    version: z.int().nullish().meta({ description: "May be left out; else the number that the draft has" }),
    effectiveFrom: z.string().max(40).nullish().meta({
      description:
        "Of an amendment: from when it is in force, not before its signature; absent: from its signature on. The first version is in force from the beginning",
      example: "2026-03-02T09:00:00Z",
    }),
    reason: z
      .string()
      .trim()
      .max(LONGEST_REASON)
      .nullish()
      .meta({ description: "Why the protocol is amended; needed before an amendment is signed, and kept" }),
    draftSavedAt: z.iso.datetime().nullable().optional().meta({
      description:
        "The savedAt of the draft that this one was made from, null where there was none: what somebody else saved, signed or discarded since is not written over. Absent: this draft takes the place of whatever draft there is",
    }),
    ruleSet: z.enum(RULE_SETS).nullish().meta({ description: "Which table of rules judges; absent: the first" }),
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
    laboratoryTerms: laboratoryTerms.nullish(),
    referenceRanges: z.strictObject(eachRange(referenceRange.nullish())).nullish(),
    groups: z
      .array(doseGroup)
      .min(1, "must have at least one dose group")
      .max(100)
      .nullish()
      .meta({ description: "Of the first version. Once it is signed the groups stay as they are" }),
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

const versionStatus = z
  .enum(["DRAFT", "SIGNED", "IMPORTED"])
  .meta({ description: "IMPORTED: came with the study's bundle, and was not signed here" });

/** One version beside the others. */
const versionInList = z.object({
  version: z.int().nonnegative(),
  status: versionStatus,
  effectiveFrom: z.string().nullable(),
  signedAt: z.iso.datetime().nullable(),
  signedBy: z.string().nullable(),
  reason: z.string().nullable(),
  inForce: z.enum(["NOW", "LATER", "EARLIER", "NOT_SIGNED"]),
});

/** A protocol version as it is read: complete, with every default filled in. */
export const protocolVersion = z
  .object({
    version: z.int().nonnegative(),
    effectiveFrom: z.string().nullable().meta({
      description: "Null: from the beginning; of an amendment's draft: from its signature on",
    }),
    status: versionStatus,
    reason: z.string().nullable().meta({ description: "Why the protocol was amended; null of the first version" }),
    inForce: versionInList.shape.inForce,
    versions: z.array(versionInList).meta({ description: "Every version of the study's protocol, the oldest first" }),
    savedAt: z.iso.datetime(),
    savedBy: z.string().nullable(),
    signedAt: z.iso.datetime().nullable(),
    signedBy: z.string().nullable(),
    signature: shownSignature
      .nullable()
      .meta({ description: "Null of a draft, and of a version that was not signed here" }),
    ruleSet: z.enum(RULE_SETS),
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
    laboratoryTerms,
    referenceRanges: z.object(eachRange(rangeInForce)),
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

/** Which version is asked for; without one, the version in force now, else the draft. */
export const versionQuery = z.strictObject({
  version: z
    .string()
    .regex(/^\d{1,9}$/u, "must be the number of a version")
    .transform(Number)
    .optional(),
});

/** Which draft is meant, where somebody else may have saved it again. */
export const draftQuery = z.strictObject({
  savedAt: z.iso
    .datetime()
    .optional()
    .meta({ description: "The savedAt of the draft that was read; one that was saved since is not discarded" }),
});

/** A protocol's signature means one thing, so that the password alone says it; the pages send the whole signature. */
export const protocolSignature = z
  .strictObject({
    signature: signatureInput.optional(),
    password: signatureInput.shape.password.optional(),
    code: signatureInput.shape.code,
    savedAt: z.iso
      .datetime()
      .optional()
      .meta({ description: "The savedAt of the draft that was read; one that was saved since is not signed" }),
  })
  .refine(({ signature, password }) => signature !== undefined || password !== undefined, {
    path: ["password"],
    error: "is missing: a protocol is signed with your password, typed again",
  })
  .refine(({ signature, password }) => signature === undefined || password === undefined, {
    path: ["password"],
    error: "is given twice: it stands in the signature already",
  })
  .refine(({ signature, code }) => signature === undefined || code === undefined || code === null, {
    path: ["code"],
    error: "belongs into the signature, beside its password",
  })
  .transform(({ signature, password, code, savedAt }) => ({
    signature: signature ?? { password: password ?? "", code, meaning: "APPROVED" as const },
    place: signature === undefined ? ("" as const) : ("signature." as const),
    savedAt,
  }))
  .meta({ id: "ProtocolSignature" });
export type ProtocolSignature = z.output<typeof protocolSignature>;

const protocolChange = z.object({
  path: z.string(),
  setting: z.string(),
  before: z.string(),
  after: z.string(),
  meaning: z.string().nullable().meta({ description: "What it means for the animals, where one sentence can say it" }),
});

const protocolFinding = z.object({
  severity: z.enum(["error", "warning"]).meta({ description: "An error stops the signature, a warning does not" }),
  path: z.string(),
  message: z.string(),
});
export type ProtocolFinding = z.output<typeof protocolFinding>;

/** What a version changes, in words, and what can be said against it. */
export const protocolDifference = z
  .object({
    version: z.int().nonnegative(),
    comparedWith: z
      .int()
      .nonnegative()
      .nullable()
      .meta({ description: "The version before it; null: it is the first" }),
    changes: z.array(protocolChange),
    findings: z.array(protocolFinding),
  })
  .meta({ id: "ProtocolDifference" });
export type ProtocolDifference = z.output<typeof protocolDifference>;

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
