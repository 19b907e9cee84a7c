import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { type AuditQuery, auditQuery } from "@/lib/contracts/audit";
import { readInput } from "@/lib/contracts/field-faults";
import type { FieldFault } from "@/lib/contracts/problem";

const FILTER_KEYS = ["animal", "person", "kind", "from", "to"] as const;
const PLACE_KEYS = ["after", "before"] as const;
export type AuditFilterKey = (typeof FILTER_KEYS)[number];

export type ReadAuditFilters = {
  /** As they stand in the fields. */
  readonly typed: Readonly<Partial<Record<AuditFilterKey, string>>>;
  /** The filters, and beside which event the page begins; null where one of them cannot be read. */
  readonly query: AuditQuery | null;
  readonly faults: readonly FieldFault[];
};

const textsOf = <Key extends string>(query: AddressQuery, keys: readonly Key[]): Partial<Record<Key, string>> =>
  Object.fromEntries(
    keys.flatMap((key) => {
      const text = queryText(query, key);
      return text === null ? [] : [[key, text]];
    }),
  ) as Partial<Record<Key, string>>;

/** Reads the filters of an address by the schema of the API's; a blank field filters nothing. */
export const readAuditFilters = (query: AddressQuery): ReadAuditFilters => {
  const typed = textsOf(query, FILTER_KEYS);
  const read = readInput(auditQuery, { ...typed, ...textsOf(query, PLACE_KEYS) });
  return read.ok ? { typed, query: read.value, faults: [] } : { typed, query: null, faults: read.fault };
};

/** "" or "?kind=ENTRY_CORRECTED&after=…": the address of a page of these events. */
export const auditQueryText = (
  { after: _after, before: _before, ...filters }: AuditQuery,
  place: Pick<AuditQuery, "after" | "before"> = {},
): string => {
  const query = new URLSearchParams();
  for (const key of FILTER_KEYS) {
    const value = filters[key];
    if (value !== undefined) query.set(key, value);
  }
  for (const key of PLACE_KEYS) {
    const value = place[key];
    if (value !== undefined) query.set(key, value);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
};
