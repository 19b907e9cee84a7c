import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { type AuditFilters, auditFilters, readAuditCursor } from "@/lib/contracts/audit";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";

const FILTER_KEYS = ["animal", "person", "kind", "from", "to"] as const;
export type AuditFilterKey = (typeof FILTER_KEYS)[number];

export type ReadAuditFilters = {
  /** As they stand in the fields. */
  readonly typed: Readonly<Partial<Record<AuditFilterKey, string>>>;
  readonly filters: AuditFilters | null;
  readonly faults: readonly FieldFault[];
  /** Where the page begins; null for the latest events. */
  readonly after: string | null;
};

/** Reads the filters of an address by the schema of the API's; a blank field filters nothing, a wrong place is the start. */
export const readAuditFilters = (query: AddressQuery): ReadAuditFilters => {
  const typed = Object.fromEntries(
    FILTER_KEYS.flatMap((key) => {
      const text = queryText(query, key);
      return text === null ? [] : [[key, text]];
    }),
  );
  const place = queryText(query, "after");
  const after = place !== null && readAuditCursor(place) !== null ? place : null;
  const read = readInput(auditFilters, typed);
  return read.ok
    ? { typed, filters: read.value, faults: [], after }
    : { typed, filters: null, faults: read.fault, after };
};

/** "" or "?kind=ENTRY_CORRECTED&after=…": the address of a page of these events. */
export const auditQueryText = (filters: AuditFilters, after: string | null = null): string => {
  const query = new URLSearchParams();
  for (const key of FILTER_KEYS) {
    const value = filters[key];
    if (value !== undefined) query.set(key, value);
  }
  if (after !== null) query.set("after", after);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
};
