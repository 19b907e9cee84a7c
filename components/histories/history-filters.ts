import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { readInput } from "@/lib/contracts/field-faults";
import { type DoseModificationFilters, doseModificationFilters } from "@/lib/contracts/histories";
import type { FieldFault } from "@/lib/contracts/problem";

export const FILTER_KEYS = ["animal", "group", "action", "from", "to"] as const;
const ROW_KEYS = [...FILTER_KEYS, "asKnownAt"] as const;
export type FilterKey = (typeof FILTER_KEYS)[number];

export type ReadFilters = {
  /** As they stand in the fields. */
  readonly typed: Readonly<Partial<Record<FilterKey, string>>>;
  readonly filters: DoseModificationFilters | null;
  readonly faults: readonly FieldFault[];
};

const NAMES: Readonly<Record<(typeof ROW_KEYS)[number], string>> = {
  animal: "Animal",
  group: "Group",
  action: "Action",
  from: "Observed from",
  to: "Observed to",
  asKnownAt: "As known at",
};

/**
 * Reads the filters of an address by the schema of the file's; a blank field filters nothing. `asKnownAt` is the instant
 * that the page shows, as ISO 8601; null for now.
 */
export const readHistoryFilters = (query: AddressQuery, asKnownAt: string | null = null): ReadFilters => {
  const typed = Object.fromEntries(
    FILTER_KEYS.flatMap((key) => {
      const text = queryText(query, key);
      return text === null ? [] : [[key, text]];
    }),
  );
  const read = readInput(doseModificationFilters, asKnownAt === null ? typed : { ...typed, asKnownAt });
  return read.ok ? { typed, filters: read.value, faults: [] } : { typed, filters: null, faults: read.fault };
};

/** "Animal M013, observed from 2026-01-05"; "none". */
export const filtersText = (filters: DoseModificationFilters): string => {
  const given = ROW_KEYS.flatMap((key) => {
    const value = filters[key];
    return value === undefined ? [] : [`${NAMES[key]} ${value}`];
  });
  return given.length === 0 ? "none: the whole study" : given.join("; ");
};

/** The query of the same rows, for the file and for a link. */
export const historyQueryText = (filters: DoseModificationFilters): string => {
  const query = new URLSearchParams();
  for (const key of ROW_KEYS) {
    const value = filters[key];
    if (value !== undefined) query.set(key, value);
  }
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
};

/** Beside which row a page begins, as an address says it: "12.M007". Anything else begins at the first. */
const PLACE = /^(\d{1,9})\.(.{1,64})$/u;

export const historyPlace = (query: AddressQuery): { readonly animal: string; readonly sequence: number } | null => {
  const [, sequence, animal] = PLACE.exec(queryText(query, "after") ?? "") ?? [];
  return sequence === undefined || animal === undefined ? null : { animal, sequence: Number(sequence) };
};

export const historyPlaceText = ({
  animal,
  sequence,
}: {
  readonly animal: string;
  readonly sequence: number;
}): string => `${String(sequence)}.${animal}`;
