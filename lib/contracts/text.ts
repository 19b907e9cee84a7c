import * as z from "zod";
import { isTimeZone } from "@/lib/domain/time/time-zone";

/** Text of one line: outer spaces do not count, control characters are not taken, empty is missing. */
export const lineOfText = (longest: number): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(1, { error: "must not be empty", abort: true })
    .max(longest)
    .regex(/^[^\p{Cc}\u2028\u2029]*$/u, "must be one line without control characters");

/** Text of several lines: outer spaces do not count, and of the control characters only line ends and tabs are taken. */
export const paragraph = (longest: number): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(longest)
    .regex(/^(?:[^\p{Cc}]|[\n\r\t])*$/u, "must be text without control characters");

/** A line where it may be left out: absent and null are one. */
export const optionalLine = (longest: number): z.ZodType<string | null, string | null | undefined> =>
  lineOfText(longest)
    .nullish()
    .transform((text) => text ?? null);

/**
 * A code or a tag that stands in an address: letters and digits of any script, and within it spaces and . _ - : + ( ).
 */
export const codeText = (longest: number): z.ZodType<string, string> =>
  z
    .string()
    .trim()
    .min(1, { error: "must not be empty", abort: true })
    .max(longest)
    .regex(
      /^[\p{L}\p{N}](?:[\p{L}\p{N} ._:+()-]*[\p{L}\p{N})+])?$/u,
      "must be letters and digits, with . _ - : + ( ) or spaces only within",
    );

/** A date of the calendar, YYYY-MM-DD. */
export const calendarDate = z.iso.date("must be a date of the calendar, written YYYY-MM-DD");

/** A zone of the IANA data base; an offset is none, since it has no summer time. */
export const timeZoneName = z
  .string()
  .regex(/^[A-Za-z]/, "must be the name of a time zone, such as Europe/London")
  .refine(isTimeZone, "must be the name of a time zone, such as Europe/London");
