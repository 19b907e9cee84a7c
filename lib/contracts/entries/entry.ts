import * as z from "zod";
import { parseInstant } from "@/lib/domain/time/instant";
import { analytesOf } from "@/lib/domain/record/analytes";
import type { AnalyteOf } from "@/lib/domain/record/analytes";
import {
  ENTRY_KINDS,
  type MeasuredKind,
  ORDER_ACTIONS,
  OUTCOMES,
  type SampleKind,
  setsDose,
} from "@/lib/domain/record/kinds";
import { signatureInput } from "../signatures";
import { lineOfText, paragraph } from "../text";
import { doseAmount, exactNumber, measurement } from "./measurement";
import { REASON_CODE_NAMES } from "./reason-codes";

const instant = z
  .string()
  .max(40)
  .refine(
    (text) => parseInstant(text) !== null,
    "must be an ISO 8601 instant with Z or an offset, like 2026-01-05T09:00:00+01:00",
  );

const reference = z.string().min(1).max(64);

const identity = {
  id: z
    .guid("must be a UUID made by the client")
    .meta({ description: "Made by the client: sent twice, it is recorded once" }),
  animal: z.string().min(1).max(64).meta({ description: "The animal's tag", example: "M013" }),
};

const reasons = {
  reasonCode: z.enum(REASON_CODE_NAMES).nullish(),
  reason: paragraph(1000).nullish().meta({ description: "Why, in words; a correction and an order need it" }),
};

const common = {
  ...identity,
  observedAt: instant.meta({ description: "When it happened, with its offset", example: "2026-01-12T09:00:00+00:00" }),
  corrects: reference.nullish().meta({ description: "The id of the entry that this one replaces as a whole" }),
  ...reasons,
  comment: paragraph(2000).nullish(),
  source: lineOfText(200).nullish().meta({ description: "Where the value comes from: a device, a report" }),
};

const eachField = <Item extends z.ZodType>(kind: MeasuredKind, item: Item) =>
  z.strictObject(Object.fromEntries(analytesOf(kind).map(({ field }) => [field, item.nullish()]))).nullish();

/** As a bundle has them, for values that are given as numbers. */
const reasonNotDone = lineOfText(200).nullish();

const besideNumbers = (kind: MeasuredKind) => ({
  qualifiers: eachField(kind, z.enum(["<", ">"])).meta({
    description: "Field → the result is below or above the number",
  }),
  reported: eachField(kind, z.strictObject({ text: lineOfText(60), unit: lineOfText(20).nullish() })).meta({
    description: "Field → what the source says, where the number is a conversion of it",
  }),
  notDone: eachField(kind, lineOfText(200)).meta({ description: "Field → why there is no value" }),
});

/** A field for every analyte that an entry of the kind can carry. */
const measurements = <Kind extends MeasuredKind>(kind: Kind) =>
  Object.fromEntries(analytesOf(kind).map(({ field }) => [field, measurement(field)])) as Readonly<
    Record<AnalyteOf<Kind>, ReturnType<typeof measurement>>
  >;

type Corrects = { readonly corrects?: unknown; readonly reason?: unknown; readonly reasonCode?: unknown };

const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

const correctionHasReason = (entry: Corrects, context: z.RefinementCtx): void => {
  if (!isGiven(entry.corrects)) return;
  for (const key of ["reasonCode", "reason"] as const) {
    if (!isGiven(entry[key]))
      context.addIssue({ code: "custom", path: [key], message: "is missing: a correction says why" });
  }
};

const weightEntry = z
  .strictObject({ kind: z.literal("weight"), ...common, ...measurements("weight"), ...besideNumbers("weight") })
  .superRefine(correctionHasReason)
  .superRefine(({ grams, notDone }, context) => {
    if (isGiven(grams) || isGiven(notDone?.["grams"])) return;
    context.addIssue({
      code: "custom",
      path: ["grams"],
      message: "is missing: type the weight, or say why it was not done",
    });
  });

const hasSomeValue =
  (kind: SampleKind) =>
  (entry: Readonly<Record<string, unknown>>, context: z.RefinementCtx): void => {
    const fields = analytesOf(kind);
    const notDone = entry["notDone"];
    const reasonsGiven: readonly unknown[] =
      typeof notDone === "object" && notDone !== null ? Object.values(notDone) : [];
    if (fields.some(({ field }) => isGiven(entry[field])) || reasonsGiven.some(isGiven)) return;
    context.addIssue({
      code: "custom",
      path: [fields[0]?.field ?? "$"],
      message: `is required, or another result of this ${kind}: give a value, or the reason not done`,
    });
  };

const cbcEntry = z
  .strictObject({
    kind: z.literal("cbc"),
    ...common,
    ...measurements("cbc"),
    ...besideNumbers("cbc"),
  })
  .superRefine(correctionHasReason)
  .superRefine(hasSomeValue("cbc"));

const lftEntry = z
  .strictObject({
    kind: z.literal("lft"),
    ...common,
    ...measurements("lft"),
    ...besideNumbers("lft"),
  })
  .superRefine(correctionHasReason)
  .superRefine(hasSomeValue("lft"));

const finding = z.strictObject({
  term: z
    .string()
    .max(100)
    .regex(
      /^[A-Z0-9]+(?:_[A-Z0-9]+)*$/u,
      "must be upper-case letters and digits in words joined by _, like SKIN_ULCERATION",
    ),
  grade: z.int().min(0).max(5),
});

const sign = z.strictObject({
  category: lineOfText(64).meta({ example: "Appetite" }),
  text: paragraph(500).meta({ example: "Reduced" }),
  severity: lineOfText(64).nullish(),
});

const observationEntry = z
  .strictObject({
    kind: z.literal("observation"),
    ...common,
    ...measurements("observation"),
    findings: z
      .array(finding)
      .max(100)
      .nullish()
      .meta({ description: "With grade. An empty list says that none were found" }),
    skin: z.strictObject({ exfoliation: z.boolean().nullish(), bullae: z.boolean().nullish() }).nullish(),
    signs: z.array(sign).max(100).nullish().meta({ description: "Kept as recorded, without a grade" }),
    ...besideNumbers("observation"),
    notDone: z
      .strictObject({ temperature: reasonNotDone, observation: reasonNotDone })
      .nullish()
      .meta({ description: "Why there is no temperature, or why the observation was not made" }),
  })
  .superRefine(correctionHasReason);

const doseEntry = z
  .strictObject({
    kind: z.literal("dose"),
    ...common,
    amount: doseAmount.meta({
      description: "In the protocol's dose unit; 0: not dosed, or the vehicle of a control animal",
    }),
    deviation: z
      .strictObject({ reason: paragraph(1000) })
      .nullish()
      .meta({ description: "Why a dose was given that is a deviation" }),
    notDone: z
      .strictObject({ amount: reasonNotDone })
      .nullish()
      .meta({ description: "Why the dose was not given; its amount is 0" }),
    lot: lineOfText(100).nullish(),
    volume: z.strictObject({ text: lineOfText(30), unit: lineOfText(20).nullish() }).nullish(),
  })
  .superRefine(correctionHasReason);

const orderEntry = z
  .strictObject({
    kind: z.literal("order"),
    ...common,
    action: z.enum(ORDER_ACTIONS),
    dose: exactNumber.nullish().meta({ description: "Of RESUME and SET_DOSE, in the protocol's dose unit" }),
    signature: signatureInput.nullish().meta({
      description: "A director's, made with the order in one step; an order without one waits to be signed",
    }),
  })
  .superRefine(correctionHasReason)
  .superRefine(({ action, dose, reason }, context) => {
    const fault = (path: string, message: string): void => context.addIssue({ code: "custom", path: [path], message });
    if (setsDose(action) && !isGiven(dose)) fault("dose", `is missing: ${action} says at which dose`);
    if (!setsDose(action) && isGiven(dose)) fault("dose", `${action} has no dose`);
    if (!isGiven(reason)) fault("reason", "is missing: an order says why");
  });

const dispositionEntry = z
  .strictObject({ kind: z.literal("disposition"), ...common, outcome: z.enum(OUTCOMES) })
  .superRefine(correctionHasReason);

const voidEntry = z.strictObject({
  kind: z.literal("void").meta({ description: "May be left out: what names an entry in `voids` is a void" }),
  ...identity,
  voids: reference.meta({ description: "The id of an entry: its record, with every version, no longer counts" }),
  reasonCode: z.enum(REASON_CODE_NAMES),
  reason: paragraph(1000),
});

const KINDS = `${ENTRY_KINDS.join(", ")}; a void names an entry in \`voids\``;

/** A void of a bundle has no kind. */
const nameVoid = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return !Object.hasOwn(value, "kind") && Object.hasOwn(value, "voids") ? { ...value, kind: "void" } : value;
};

/** An entry as a form or a program sends it: of `dose-history/1`, without `recordedAt`, which is the server's. */
export const entryInput = z
  .preprocess(
    nameVoid,
    z.discriminatedUnion(
      "kind",
      [weightEntry, cbcEntry, lftEntry, observationEntry, doseEntry, orderEntry, dispositionEntry, voidEntry],
      { error: (issue) => (issue.code === "invalid_union" ? `must be one of ${KINDS}` : undefined) },
    ),
  )
  .meta({ id: "NewEntry", description: "An entry of dose-history/1 without recordedAt" });
export type EntryInput = z.output<typeof entryInput>;
export type ObservedInput = Exclude<EntryInput, { readonly kind: "void" }>;

/** All or nothing; those of one animal share the instant at which they are known. */
const MOST_ENTRIES = 500;

export const entriesInput = z
  .union([entryInput, z.array(entryInput).min(1).max(MOST_ENTRIES)])
  .meta({ id: "NewEntries" });
export type EntriesInput = z.output<typeof entriesInput>;

/** The schema of one kind, for its form. */
export const ENTRY_FORMS = {
  weight: weightEntry,
  cbc: cbcEntry,
  lft: lftEntry,
  observation: observationEntry,
  dose: doseEntry,
  order: orderEntry,
  disposition: dispositionEntry,
  void: voidEntry,
} as const;
