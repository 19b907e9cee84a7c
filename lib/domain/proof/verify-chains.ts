import { canonicalEvent } from "../trail/canonical";
import { NO_HASH, verifyChain } from "../trail/chain";
import type { ChainedEvent, ChainFault, ChainHead, LinkHash } from "../trail/chain";

/** The hash of an event on the one that it names as the one before. */
export type EventHash = (event: ChainedEvent) => string;

/** Whether a chain is as it was written, up to the heads that were kept of it: what almost every chain is, told in one pass. */
const isIntact = (events: readonly ChainedEvent[], hashOf: EventHash, heads: readonly ChainHead[]): boolean => {
  let previous = NO_HASH;
  for (const [index, event] of events.entries()) {
    if (event.sequence !== index + 1 || event.previousHash !== previous) return false;
    if (hashOf(event) !== event.hash) return false;
    previous = event.hash;
  }
  return heads.every(({ sequence, hash: kept }) => events[sequence - 1]?.hash === kept);
};

/** Where only the numbers differ: the events are in their order, and each is what was hashed under another number. */
const misnumbered = (events: readonly ChainedEvent[]): ChainFault => {
  const index = events.findIndex(({ sequence }, at) => sequence !== at + 1);
  return { kind: "changed", sequence: Math.max(0, index) + 1 };
};

/** `verifyChain`, which looks closely only where something is wrong; `hashOf` is a quicker way to the same hash. */
export const chainFaults = (
  events: readonly ChainedEvent[],
  hash: LinkHash,
  heads: readonly ChainHead[],
  hashOf: EventHash = (event) => hash(event.previousHash, canonicalEvent(event)),
): readonly ChainFault[] => {
  if (isIntact(events, hashOf, heads)) return [];
  const faults = verifyChain(events, hash, heads);
  return faults.length > 0 ? faults : [misnumbered(events)];
};

const WORDS: Readonly<Record<ChainFault["kind"], string>> = {
  changed: "the event is not what was hashed",
  removed: "the event is not there",
  inserted: "the event was not written here",
  reordered: "the event stands in another place than it was written",
  truncated: "the chain ends before an event that a checkpoint names",
  rewritten: "the chain is another one than a checkpoint names",
};

export const chainFaultWords = ({ kind }: ChainFault): string => WORDS[kind];

/** Events by chain, in the order in which they stand. */
export const byChain = (events: readonly ChainedEvent[]): ReadonlyMap<string, readonly ChainedEvent[]> => {
  const chains = new Map<string, ChainedEvent[]>();
  for (const event of events) {
    const known = chains.get(event.chain);
    if (known === undefined) chains.set(event.chain, [event]);
    else known.push(event);
  }
  return chains;
};
