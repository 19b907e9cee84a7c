import type { AuditFault } from "../trail/audit-fault";
import { differingKeys } from "../trail/canonical-json";
import type { ChainedEvent } from "../trail/chain";

/** A value of an event; undefined where it is not JSON. */
export const valueOf = (text: string | null): unknown => {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

export type PlacedFault = Pick<AuditFault, "sequence" | "kind" | "what">;

/** "its neutrophils", "its alt and ast" */
export const namesOf = (keys: readonly string[]): string => {
  const [last = "", ...before] = keys.toReversed();
  if (last === "" && before.length === 0) return "it as a whole";
  return `its ${before.length === 0 ? last : `${before.toReversed().join(", ")} and ${last}`}`;
};

type Document = Readonly<Record<string, unknown>>;

const tagIn = (event: ChainedEvent): unknown =>
  event.kind.startsWith("ANIMAL_") && event.entryId === null
    ? (valueOf(event.newValue) as Document | null | undefined)?.["id"]
    : undefined;

/**
 * An entry says its animal's tag, and its event the one that the animal had then: where a wrong tag was put right since,
 * the entry is compared as it was written then. Without events that say so, as it is.
 */
const asWrittenThen = (events: readonly ChainedEvent[]): ((event: ChainedEvent, entry: unknown) => unknown) => {
  const tags = events.flatMap((event) => {
    const tag = tagIn(event);
    return typeof tag === "string" ? [{ tag, sequence: event.sequence }] : [];
  });
  const present = tags.at(-1)?.tag;
  return (event, entry) => {
    const then = tags.findLast(({ sequence }) => sequence < event.sequence)?.tag;
    const isObject = typeof entry === "object" && entry !== null;
    if (then === undefined || then === present || !isObject || (entry as Document)["animal"] !== present) return entry;
    return { ...entry, animal: then };
  };
};

/** What differs between an entry as it stands and its event; nothing where they are equal. */
const entryFault = (event: ChainedEvent, entry: unknown): readonly PlacedFault[] => {
  const { sequence, entryId, newValue } = event;
  if (entry === undefined)
    return [{ sequence, kind: "removed", what: `entry ${entryId ?? ""} was recorded and is not there` }];
  if (newValue === JSON.stringify(entry)) return [];
  const keys = differingKeys(valueOf(newValue), entry);
  if (keys.length === 0) return [];
  return [
    { sequence, kind: "changed", what: `entry ${entryId ?? ""} is not what was recorded: ${namesOf(keys)} differ` },
  ];
};

/**
 * What is broken at the end of a chain, and speaks of an entry that there is not, was not changed: it was never written
 * here. Nothing after it, and no checkpoint, names it.
 */
export const forgedEnd = <Fault extends PlacedFault>(
  faults: readonly Fault[],
  events: readonly ChainedEvent[],
  entries: ReadonlyMap<string, unknown>,
): readonly Fault[] => {
  const last = events.at(-1);
  if (last?.kind.startsWith("ENTRY_") !== true || entries.has(last.entryId ?? "")) return faults;
  return faults.map((fault) =>
    fault.kind === "changed" && fault.sequence === last.sequence ? { ...fault, kind: "inserted" } : fault,
  );
};

/**
 * Every entry against the event that recorded it, both ways. `entries` by id are those of the chain's animal; events at a
 * place of `known`, where the chain itself was found broken, are left out, and what only follows from it.
 */
export const compareEntries = (
  events: readonly ChainedEvent[],
  entries: ReadonlyMap<string, unknown>,
  known: ReadonlySet<number>,
  isChainShort: boolean,
): readonly PlacedFault[] => {
  const recorded = new Set<string>();
  const faults: PlacedFault[] = [];
  const then = asWrittenThen(events);
  for (const event of events) {
    if (event.entryId === null) continue;
    recorded.add(event.entryId);
    if (!known.has(event.sequence)) faults.push(...entryFault(event, then(event, entries.get(event.entryId))));
  }
  for (const id of entries.keys()) {
    if (recorded.has(id)) continue;
    const kind = isChainShort ? "removed" : "inserted";
    const what = isChainShort
      ? `the event of entry ${id} is not there`
      : `entry ${id} is there, and no event recorded it`;
    faults.push({ sequence: null, kind, what });
  }
  return faults;
};
