import * as z from "zod";
import { AUDIT_KINDS, type AuditKind } from "@/lib/domain/trail/events";
import { calendarDate } from "./text";
import { signatureInput } from "./signatures";

const KINDS = Object.keys(AUDIT_KINDS) as [AuditKind, ...AuditKind[]];

/** Beside which event a page of the trail begins. */
export type AuditPlaceInTrail = { readonly atMs: number; readonly sequence: string; readonly chain: string };

const CURSOR = /^(\d{1,14})\.(\d{1,18})\.(.{1,300})$/u;

export const readAuditCursor = (text: string): AuditPlaceInTrail | null => {
  const [, atMs, sequence, chain] = CURSOR.exec(text) ?? [];
  return atMs === undefined || sequence === undefined || chain === undefined
    ? null
    : { atMs: Number(atMs), sequence, chain };
};

export const writeAuditCursor = ({ atMs, sequence, chain }: AuditPlaceInTrail): string =>
  `${String(atMs)}.${sequence}.${chain}`;

/** What is looked for as it stands; a control character is in no tag and no email, and the database would not take it. */
const wanted = (longest: number): z.ZodType<string, string> =>
  z
    .string()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}]*$/u, "must be one line without control characters");

/** Which events of the trail; dates are those of the study's calendar, both included. */
export const auditFilters = z.strictObject({
  animal: wanted(64).optional(),
  person: wanted(320).optional().meta({ description: "The email of an account, or what acted" }),
  kind: z
    .enum(KINDS, { error: "must be a kind of event, such as ENTRY_CORRECTED" })
    .optional()
    .meta({ description: "docs/audit-events.md has them all" }),
  from: calendarDate.optional().meta({ description: "On this date or later" }),
  to: calendarDate.optional().meta({ description: "On this date or earlier" }),
});
export type AuditFilters = z.output<typeof auditFilters>;

const cursor = z
  .string()
  .regex(/^[^\p{Cc}]*$/u, "must be one line without control characters")
  .refine((text) => readAuditCursor(text) !== null, "must be the `next` or `previous` of a page of this trail")
  .optional();

const places = {
  after: cursor.meta({ description: "The `next` of the page before: events earlier than that one follow" }),
  before: cursor.meta({ description: "The `previous` of the page before: the events just later than that one" }),
};

/** A page of the trail by the same filters; with both places the one that is after counts. */
export const auditQuery = auditFilters.extend(places);
export type AuditQuery = z.output<typeof auditQuery>;

export const auditEvent = z
  .object({
    chain: z.string(),
    sequence: z.string().meta({ description: "A whole number, as text" }),
    at: z.iso.datetime(),
    kind: z.string(),
    actor: z.string().meta({ description: "The email of whoever did it, at the time" }),
    roles: z.string(),
    origin: z.string(),
    address: z.string().nullable(),
    animal: z.string().nullable(),
    entry: z.string().nullable(),
    subject: z.string().nullable(),
    oldValue: z.string().nullable().meta({ description: "JSON, as it was hashed" }),
    newValue: z.string().nullable().meta({ description: "JSON, as it was hashed" }),
    reason: z.string().nullable(),
    hash: z.string().meta({ description: "SHA-256, hexadecimal" }),
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.output<typeof auditEvent>;

export const auditPage = z
  .object({ events: z.array(auditEvent), previous: z.string().nullable(), next: z.string().nullable() })
  .meta({
    id: "AuditPage",
    description: "The latest event first; `next` is null on the last page, `previous` on the first",
  });
export type AuditPage = z.output<typeof auditPage>;

const MOST_REVIEWED = 200;

/** What an auditor has read and signs for. */
export const auditReview = z
  .strictObject({
    exceptions: z
      .array(
        z.strictObject({
          key: z.string().min(1).max(200),
          changedAt: z.iso.datetime().meta({ description: "As it was read: what changed since is not signed for" }),
        }),
      )
      .min(1, "Choose what you have reviewed")
      .max(MOST_REVIEWED, `at most ${String(MOST_REVIEWED)} at once`),
    note: z.string().trim().min(1, "Write what you found").max(1000),
    signature: signatureInput,
  })
  .meta({ id: "AuditReview" });
export type AuditReview = z.output<typeof auditReview>;

export const auditReviewed = z.object({ reviewed: z.int(), signature: z.string() });
