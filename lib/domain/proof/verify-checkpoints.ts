import type { LinkHash } from "../trail/chain";
import { checkpointHash, previousOf, readHeads } from "./checkpoint";
import type { Checkpoint, CheckSignature, NamedHead } from "./checkpoint";
import type { FaultKind } from "../trail/audit-fault";
import type { EventHash } from "./verify-chains";

/** How checkpoints are checked. */
export type CheckpointMeans = {
  readonly hash: LinkHash;
  /** A quicker way to the hash of an event, where there is one. */
  readonly eventHash?: EventHash;
  readonly checkSignature: CheckSignature;
  /** Whether a raw public key is one that this installation signs with; null: nobody said which key that is. */
  readonly isTrusted: ((publicKey: string) => boolean) | null;
};

export type CheckpointFault = { readonly sequence: number; readonly kind: FaultKind; readonly what: string };

export type CheckedCheckpoints = {
  readonly faults: readonly CheckpointFault[];
  /** Where chains stood, by the checkpoints that are as they were signed. */
  readonly heads: readonly NamedHead[];
};

const changedWhat = (checkpoint: Checkpoint, means: CheckpointMeans): string | null => {
  const { hash, previousHash, signature, publicKey } = checkpoint;
  if (checkpointHash(checkpoint, previousHash, means.hash) !== hash) return "is not what was hashed";
  if (!means.checkSignature(publicKey, hash, signature)) return "its signature is not that of what it holds";
  return readHeads(checkpoint.heads) === null ? "holds what are no heads" : null;
};

const fault = (number: number, kind: FaultKind, what: string): CheckpointFault => ({
  sequence: number,
  kind,
  what: `checkpoint ${String(number)} ${what}`,
});

const missing = (from: number, to: number): readonly CheckpointFault[] =>
  Array.from({ length: Math.min(to - from, MOST_NAMED) }, (_, index) => fault(from + index, "removed", "is not there"));

/** So many missing checkpoints of one gap are named. */
const MOST_NAMED = 100;

/**
 * The checkpoints of one study, in the order of their numbers: numbered without gaps, each after the one before, each as
 * it was signed, and by whom.
 */
export const verifyCheckpoints = (checkpoints: readonly Checkpoint[], means: CheckpointMeans): CheckedCheckpoints => {
  const faults: CheckpointFault[] = [];
  const heads: NamedHead[] = [];
  let before: Checkpoint | undefined;
  for (const checkpoint of checkpoints) {
    const { number, previousHash, publicKey } = checkpoint;
    const expected = (before?.number ?? 0) + 1;
    if (number < expected) faults.push(fault(number, "inserted", "is there twice"));
    faults.push(...missing(expected, number));
    const changed = changedWhat(checkpoint, means);
    if (changed !== null) faults.push(fault(number, "changed", changed));
    else if (means.isTrusted?.(publicKey) === false)
      faults.push(fault(number, "rewritten", "is signed with another key"));
    else {
      heads.push(...(readHeads(checkpoint.heads) ?? []));
      if (number === expected && previousHash !== previousOf(before)) {
        faults.push(fault(number, "rewritten", "does not follow the checkpoint before it"));
      }
    }
    before = checkpoint;
  }
  return { faults, heads };
};

/** Checkpoints by study; the key of the accounts' and the installation's is "". */
export const byStudy = (checkpoints: readonly Checkpoint[]): ReadonlyMap<string, readonly Checkpoint[]> => {
  const studies = new Map<string, Checkpoint[]>();
  for (const checkpoint of checkpoints) {
    const key = checkpoint.study ?? "";
    const known = studies.get(key);
    if (known === undefined) studies.set(key, [checkpoint]);
    else known.push(checkpoint);
  }
  return studies;
};

const highest = (numbers: Iterable<number>): number => {
  let most = 0;
  for (const number of numbers) most = Math.max(most, number);
  return most;
};

/**
 * A study's checkpoints of the database held against those kept outside of it: what was cut off or written anew with the
 * checkpoints themselves. A file may lack the latest, which the server adds when it next writes.
 */
export const compareKept = (stored: readonly Checkpoint[], kept: readonly Checkpoint[]): readonly CheckpointFault[] => {
  const storedHashes = new Map(stored.map(({ number, hash }) => [number, hash]));
  const keptHashes = new Map<number, Set<string>>();
  for (const { number, hash } of kept) keptHashes.set(number, (keptHashes.get(number) ?? new Set()).add(hash));
  const lastStored = highest(storedHashes.keys());
  const lastKept = highest(keptHashes.keys());
  const faults: CheckpointFault[] = [];
  for (const [number, hashes] of [...keptHashes].sort(([left], [right]) => left - right)) {
    const hash = storedHashes.get(number);
    if (number > lastStored) {
      faults.push(
        fault(
          lastStored + 1,
          "truncated",
          `and what follows is kept outside and no longer stored, up to ${String(lastKept)}`,
        ),
      );
      break;
    }
    if (hash === undefined || hashes.size > 1 || !hashes.has(hash))
      faults.push(fault(number, "rewritten", "is another one than was kept outside"));
  }
  for (let number = 1; number < lastKept; number += 1)
    if (!keptHashes.has(number)) faults.push(fault(number, "removed", "is missing in the file of checkpoints"));
  return faults;
};

/** The heads of one chain among those of many, keyed by chain. */
export const headsByChain = (heads: readonly NamedHead[]): ReadonlyMap<string, readonly NamedHead[]> => {
  const chains = new Map<string, NamedHead[]>();
  for (const head of heads) {
    const known = chains.get(head.chain);
    if (known === undefined) chains.set(head.chain, [head]);
    else known.push(head);
  }
  return chains;
};
