import "server-only";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { signedEntries } from "@/lib/server/signing/signed-entries";
import type { SignedEntry } from "@/lib/server/signing/signed-entries";

/** The signatures of some entries, for a page that shows them; now, or as known at an instant. */
export const readSignedEntries = (
  study: AuthorizedStudy,
  entries: readonly string[],
  atMs: number | null,
): Promise<ReadonlyMap<string, SignedEntry>> => signedEntries(connection, study, { entries, atMs });
