import type { AuditEvent } from "@/lib/contracts/audit";
import { localDateText, localInstantText } from "@/lib/domain/time/local-time";
import { lateTextOfEvent } from "@/lib/domain/trail/late-event";
import { isSaidBeside, valueDifferences } from "@/lib/domain/trail/value-differences";

/** What a field was and became; null where it was not there. */
export type FieldLine = readonly [field: string, before: string | null, after: string | null];

/**
 * What a row of the trail shows. A page's rows are sent twice, as HTML and as this, for the browser to go on with; a list
 * without the names of its places is half the size.
 */
export type EventLine = readonly [
  /** Its place in the trail: "animal:POM-001:3 14". */
  place: string,
  hash: string,
  date: string,
  time: string,
  kind: string,
  late: string | null,
  /** What it is about, and where that is looked at. */
  about: string | null,
  href: string | null,
  entry: string | null,
  /** Beside an animal what else it is about. */
  beside: string | null,
  reason: string | null,
  actor: string,
  acting: string,
  address: string | null,
  fields: readonly FieldLine[],
  /** So many of the fields are shown at once, the rest on request. */
  first: number,
  isChange: boolean,
];

const ORIGINS: Readonly<Record<string, string>> = {
  session: "in a browser",
  token: "by a token",
  console: "at the server's console",
  import: "by an import",
  system: "by the system",
};

/** So many fields are shown at once; the rest, and what the row says anyway, on request. */
const FIRST_FIELDS = 4;

const fieldsOf = (
  { oldValue, newValue }: AuditEvent,
  timeZone: string,
): { readonly fields: readonly FieldLine[]; readonly first: number } => {
  const fields = valueDifferences({ oldValue, newValue, timeZone });
  const own = fields.filter((field) => !isSaidBeside(field)).length;
  return {
    fields: fields.map(({ field, before, after }) => [field, before, after]),
    first: Math.min(FIRST_FIELDS, own === 0 ? fields.length : own),
  };
};

export const eventLine = (event: AuditEvent, timeZone: string, href: string | null): EventLine => {
  const { chain, sequence, at, kind, actor, roles, origin, address, hash, animal, entry, subject, reason } = event;
  const ms = Date.parse(at);
  const { fields, first } = fieldsOf(event, timeZone);
  const acted = ORIGINS[origin] ?? origin;
  return [
    `${chain} ${sequence}`,
    hash,
    localDateText(ms, timeZone),
    localInstantText(ms, timeZone).slice(11, 23),
    kind,
    lateTextOfEvent(event),
    animal ?? (subject !== null && kind.startsWith("PROTOCOL_") ? `version ${subject}` : subject),
    href,
    entry,
    animal === null || subject === animal ? null : subject,
    reason,
    actor,
    roles === "" ? acted : `${roles.replaceAll("_", " ").replaceAll(",", ", ")}, ${acted}`,
    address,
    fields,
    first,
    event.oldValue !== null && event.newValue !== null,
  ];
};
