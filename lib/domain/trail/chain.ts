import { canonicalEvent } from "./canonical";
import type { AuditContent } from "./canonical";

export const animalChain = (study: string, animalId: number): string => `animal:${study}:${String(animalId)}`;
export const studyChain = (study: string): string => `study:${study}`;
export const accountChain = (userId: string): string => `account:${userId}`;
export const INSTALLATION_CHAIN = "installation";

/** An event as it stands in its chain. Hashes are hexadecimal. */
export type ChainedEvent = AuditContent & { readonly previousHash: string; readonly hash: string };

/** SHA-256 of the previous hash's octets followed by the text in UTF-8: hexadecimal in, hexadecimal out. */
export type LinkHash = (previousHash: string, canonical: string) => string;

/** What the first event of a chain has before it. */
export const NO_HASH = "0".repeat(64);

/** Where a chain stood once, as somebody kept it elsewhere. */
export type ChainHead = { readonly sequence: number; readonly hash: string };

/**
 * What was done to a chain, at which sequence. "truncated": it ends before a head that was kept; "rewritten": it verifies
 * in itself, and is not the chain that the head is of.
 */
export type ChainFault = {
  readonly kind: "changed" | "removed" | "inserted" | "reordered" | "truncated" | "rewritten";
  readonly sequence: number;
};

/** The place that an event was hashed for; null where its content is not what was hashed. */
type Placed = { readonly event: ChainedEvent; readonly original: number | null };

const placeEvents = (events: readonly ChainedEvent[], hash: LinkHash): readonly Placed[] => {
  let byHash: ReadonlyMap<string, number> | undefined;
  const isHashedAt = (event: ChainedEvent, sequence: number): boolean =>
    hash(event.previousHash, canonicalEvent({ ...event, sequence })) === event.hash;
  const shifts = new Set<number>();
  const originals = new Map<ChainedEvent, number>();
  const elsewhere = (event: ChainedEvent): number | null => {
    byHash ??= new Map(events.map((other, index) => [other.hash, index]));
    const before = byHash.get(event.previousHash);
    const previous = before === undefined ? undefined : events[before];
    const named = previous === undefined ? undefined : (originals.get(previous) ?? previous.sequence);
    const candidates = [
      ...(named === undefined ? [] : [named + 1]),
      ...(event.previousHash === NO_HASH ? [1] : []),
      ...[...shifts].map((shift) => event.sequence + shift),
      ...[-1, 1].map((shift) => event.sequence + shift),
      ...events.map(({ sequence }) => sequence).slice(0, MOST_TRIED),
    ];
    return [...new Set(candidates)].find((sequence) => isHashedAt(event, sequence)) ?? null;
  };
  return events.map((event) => {
    const original = isHashedAt(event, event.sequence) ? event.sequence : elsewhere(event);
    if (original !== null) {
      originals.set(event, original);
      if (original !== event.sequence) shifts.add(original - event.sequence);
    }
    return { event, original };
  });
};

/** So many other places are tried for an event that is not what its place says; beyond them it counts as changed. */
const MOST_TRIED = 200;

type Settled = { readonly claimed: ReadonlyMap<number, ChainedEvent>; readonly faults: readonly ChainFault[] };

/** Of two events hashed for one place, the one that was moved from it, or that the next one names, was there first. */
const claimPlaces = (placed: readonly Placed[]): Settled => {
  const named = new Set(placed.map(({ event }) => event.previousHash));
  const wasThere = (event: ChainedEvent, place: number): boolean => event.sequence !== place || named.has(event.hash);
  const claimed = new Map<number, ChainedEvent>();
  const faults: ChainFault[] = [];
  for (const { event, original } of placed) {
    if (original === null) continue;
    const other = claimed.get(original);
    const isFirst = other === undefined || (!wasThere(other, original) && wasThere(event, original));
    if (isFirst) claimed.set(original, event);
    const forged = isFirst ? other : event;
    if (forged !== undefined) faults.push({ kind: "inserted", sequence: forged.sequence });
  }
  return { claimed, faults };
};

/** Every place that the chain had, and which event stands in it now. */
const placeFaults = (placed: readonly Placed[], { claimed, faults: inserted }: Settled): readonly ChainFault[] => {
  const faults: ChainFault[] = [...inserted];
  const changed = new Set<number>();
  for (const { event, original } of placed) {
    if (original !== null) continue;
    const isInPlace = !claimed.has(event.sequence) && !changed.has(event.sequence);
    if (isInPlace) changed.add(event.sequence);
    faults.push({ kind: isInPlace ? "changed" : "inserted", sequence: event.sequence });
  }
  let latest = 0;
  for (const { original } of placed) {
    if (original === null) continue;
    if (original < latest) faults.push({ kind: "reordered", sequence: original });
    latest = Math.max(latest, original);
  }
  for (const sequence of changed) latest = Math.max(latest, sequence);
  for (let sequence = 1; sequence <= latest; sequence += 1) {
    if (!claimed.has(sequence) && !changed.has(sequence)) faults.push({ kind: "removed", sequence });
  }
  return faults;
};

/** Where two neighbours that are each what was hashed do not belong together: the first of them was written anew. */
const linkFaults = (claimed: ReadonlyMap<number, ChainedEvent>, known: ReadonlySet<number>): readonly ChainFault[] =>
  [...claimed].flatMap(([sequence, event]) => {
    const before = sequence === 1 ? NO_HASH : claimed.get(sequence - 1)?.hash;
    const at = Math.max(1, sequence - 1);
    const isLinked = before === undefined || before === event.previousHash;
    return isLinked || known.has(at) || known.has(sequence) ? [] : [{ kind: "changed" as const, sequence: at }];
  });

const headFaults = (events: readonly ChainedEvent[], heads: readonly ChainHead[]): readonly ChainFault[] => {
  const hashes = new Map(events.map(({ sequence, hash }) => [sequence, hash]));
  const last = events.reduce((highest, { sequence }) => Math.max(highest, sequence), 0);
  for (const { sequence, hash } of [...heads].sort((left, right) => left.sequence - right.sequence)) {
    if (sequence > last) return [{ kind: "truncated", sequence: last + 1 }];
    const found = hashes.get(sequence);
    if (found !== undefined && found !== hash) return [{ kind: "rewritten", sequence }];
  }
  return [];
};

/**
 * What was done to one chain since it was written, in the order of its sequence; nothing for a chain as it was. A chain
 * alone does not show that its end is missing, or that all of it was written anew: for that are the `heads` that were kept
 * elsewhere. Events in the order in which they are stored or stand in a file.
 */
export const verifyChain = (
  events: readonly ChainedEvent[],
  hash: LinkHash,
  heads: readonly ChainHead[] = [],
): readonly ChainFault[] => {
  const placed = placeEvents(events, hash);
  const settled = claimPlaces(placed);
  const places = placeFaults(placed, settled);
  const links = linkFaults(settled.claimed, new Set(places.map(({ sequence }) => sequence)));
  const found = [...places, ...links];
  const all = [...found, ...headFaults(events, heads).filter((fault) => !covers(found, fault))];
  return all.sort((left, right) => left.sequence - right.sequence);
};

/** A head that differs at a place already named says nothing more. */
const covers = (faults: readonly ChainFault[], { kind, sequence }: ChainFault): boolean =>
  kind === "rewritten" && faults.some((fault) => fault.sequence <= sequence);
