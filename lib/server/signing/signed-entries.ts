import "server-only";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { SubjectKind } from "@/lib/domain/signatures/signing";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import { signaturesOf } from "./signing";
import { waitingItems } from "./waiting-items";

export type SignedEntry = { readonly signatures: readonly ShownSignature[]; readonly waits: boolean };

const KINDS: readonly SubjectKind[] = ["order", "override", "deviation"];

/** A signature as it was known at an instant: not there before it was given, and whole until something broke it. */
const asKnownAt = (signature: ShownSignature, atMs: number): ShownSignature => {
  const { changedBy } = signature;
  return changedBy !== null && Date.parse(changedBy.at) > atMs
    ? { ...signature, intact: true, changedBy: null }
    : signature;
};

/** The signatures of a study's entries (null for all), by entry, and which of them wait for one; now, or as known at an instant. */
export const signedEntries = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  { entries, atMs }: { readonly entries: readonly string[] | null; readonly atMs: number | null },
): Promise<ReadonlyMap<string, SignedEntry>> => {
  const [signatures, waiting] = await Promise.all([
    signaturesOf(transaction, study.id, entries === null ? { kinds: KINDS } : { kinds: KINDS, subjects: entries }),
    atMs === null ? waitingItems(transaction, study, entries) : [],
  ]);
  const known =
    atMs === null
      ? signatures
      : signatures
          .filter(({ signedAt }) => Date.parse(signedAt) <= atMs)
          .map((signature) => asKnownAt(signature, atMs));
  const waits = new Set(waiting.map(({ item }) => item.subject));
  const found = new Map<string, SignedEntry>();
  for (const subject of new Set([...known.map((signature) => signature.subject), ...waits])) {
    found.set(subject, {
      signatures: known.filter((signature) => signature.subject === subject),
      waits: waits.has(subject),
    });
  }
  return found;
};
