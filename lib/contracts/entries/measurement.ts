import * as z from "zod";
import { Decimal } from "../../domain/decimal";
import { analyteRow } from "@/lib/domain/record/analytes";
import type { Analyte } from "@/lib/domain/record/analytes";
import { acceptedUnits, unitAsWritten } from "../../domain/units/unit-factors";
import { readTypedNumber } from "../../domain/units/typed-number";
import { lineOfText } from "../text";

/** A double holds every decimal of 15 significant digits, and not every one of 16. */
const MOST_DIGITS = 15;

const holdsExactly = (value: number): boolean => new Decimal(value).precision() <= MOST_DIGITS;

/** A number that a JSON document carries exactly. */
export const exactNumber = z
  .number()
  .min(0)
  .refine(holdsExactly, `must have at most ${String(MOST_DIGITS)} significant digits`);

/** A number as typed: "7.50" stays "7.50". */
const typedNumber = z.string().superRefine((text, context) => {
  const read = readTypedNumber(text);
  if (!read.ok) context.addIssue({ code: "custom", message: read.fault.message });
});

/** What was typed of one measured value: a form's field, or why there is no value. */
const typedMeasurement = (field: Analyte) =>
  z
    .strictObject({
      text: typedNumber.nullish().meta({ description: "The number as typed", example: "7.50" }),
      unit: z
        .string()
        .refine((unit) => unitAsWritten(field, unit) !== null, `must be one of ${acceptedUnits(field).join(", ")}`)
        .nullish()
        .meta({ description: `One of ${acceptedUnits(field).join(", ")}; absent: the canonical one` }),
      qualifier: z.enum(["<", ">"]).nullish().meta({ description: "The result is below, or above, the number" }),
      firstReading: typedNumber
        .nullish()
        .meta({ description: "What was read first, where a second reading was asked for" }),
      notDone: lineOfText(200).nullish().meta({ description: "Why there is no value", example: "CLOTTED" }),
    })
    .superRefine(({ text, notDone, unit, qualifier, firstReading }, context) => {
      const fault = (path: string, message: string): void =>
        context.addIssue({ code: "custom", path: [path], message });
      const hasText = text !== null && text !== undefined;
      const isNotDone = notDone !== null && notDone !== undefined;
      if (!hasText && !isNotDone) fault("text", "is missing: type the number, or say in notDone why there is none");
      if (hasText && isNotDone) fault("notDone", "a value that was measured was done");
      if (isNotDone && [unit, qualifier, firstReading].some((part) => part !== null && part !== undefined)) {
        fault("notDone", "what was not done has no unit, qualifier or first reading");
      }
    });

/**
 * One measured value: a number in the canonical unit, `{text, unit, qualifier}` as typed, or `{notDone: reason}`.
 * Absent and null both say that it was not measured.
 */
export const measurement = (field: Analyte) => {
  const { label } = analyteRow(field);
  const forms = "must be a number in the canonical unit, {text, unit, qualifier}, or {notDone: reason}";
  const nonZero = field === "grams";
  return z
    .union([nonZero ? exactNumber.gt(0) : exactNumber, typedMeasurement(field)], { error: forms })
    .nullish()
    .meta({ description: label });
};

export type TypedMeasurement = z.output<ReturnType<typeof typedMeasurement>>;
export type Measurement = z.output<ReturnType<typeof measurement>>;

/** An amount in the protocol's dose unit: a number, or as typed. */
export const doseAmount = z.union(
  [
    exactNumber,
    z.strictObject({
      text: typedNumber.meta({ description: "The number as typed", example: "7.50" }),
      unit: z.string().max(20).nullish().meta({ description: "The protocol's dose unit, no other" }),
    }),
  ],
  { error: "must be a number in the protocol's dose unit, or {text, unit}" },
);
export type DoseAmount = z.output<typeof doseAmount>;
