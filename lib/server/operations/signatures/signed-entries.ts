import "server-only";
import type { ShownSignature } from "@/lib/contracts/signatures";
import type { SubjectKind } from "@/lib/domain/signatures/signing";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { signaturesOf } from "@/lib/server/kernel/signing";
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

/** The signatures of some entries of a study, by entry, and which of them wait for one; now, or as known at an instant. */
export const signedEntries = async (
  study: AuthorizedStudy,
  entries: readonly string[],
  atMs: number | null,
): Promise<ReadonlyMap<string, SignedEntry>> => {
  const [signatures, waiting] = await Promise.all([
    signaturesOf(connection, study.id, { kinds: KINDS, subjects: entries }),
    atMs === null ? waitingItems(connection, study, entries) : [],
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
