import "server-only";
import { differingKeys } from "@/lib/domain/trail/canonical-json";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { namesOf } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import type { CheckedChain } from "./chain-reading";

export type Document = Readonly<Record<string, unknown>>;

export const asObject = (value: unknown): Document =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Document) : {};

type StoredRecord = {
  readonly what: string;
  /** The latest event that says what the record came to. */
  readonly event: ChainedEvent | undefined;
  readonly recorded: Document;
  readonly now: Document | null;
};

/** What a record is, against the event that says what it came to. */
export const recordFaults = (
  { known, isShort }: CheckedChain,
  { what, event, recorded, now }: StoredRecord,
): readonly PlacedFault[] => {
  if (event === undefined) {
    return isShort
      ? [{ sequence: null, kind: "removed", what: `the event of ${what} is not there` }]
      : [{ sequence: null, kind: "inserted", what: `${what} is there, and no event recorded it` }];
  }
  const { sequence } = event;
  if (known.has(sequence)) return [];
  if (now === null) return [{ sequence, kind: "removed", what: `${what} was recorded and is not there` }];
  const keys = differingKeys(recorded, now);
  if (keys.length === 0) return [];
  return [{ sequence, kind: "changed", what: `${what} is not what was recorded: ${namesOf(keys)} differ` }];
};

/** What an event said that a row is. */
export type Said = { readonly event: ChainedEvent; readonly recorded: Document };

/** Rows against the events that made them, both ways, each by a key of its own. */
export const rowFaults = (
  checked: CheckedChain,
  nameOf: (key: string) => string,
  said: ReadonlyMap<string, Said>,
  rows: ReadonlyMap<string, Document>,
): readonly PlacedFault[] =>
  [...new Set([...said.keys(), ...rows.keys()])].flatMap((key) => {
    const { event, recorded = {} } = said.get(key) ?? {};
    return recordFaults(checked, { what: nameOf(key), event, recorded, now: rows.get(key) ?? null });
  });

/** A row and its event are of one transaction, which takes no longer than this. */
const MOST_APART_MS = 60_000;

/** The instant that a row may say: its own, where it is of its event's transaction, or else the event's. */
export const instantOf = ({ atMs }: ChainedEvent, rowMs: number): number =>
  Math.abs(rowMs - atMs) <= MOST_APART_MS ? rowMs : atMs;

/** Whether the row says who acted: of what was there before the trail, the migration wrote the event. */
export const namesActor = ({ actor }: ChainedEvent): boolean => actor !== null;
