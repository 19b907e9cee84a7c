import type { ReactNode } from "react";
import { EntrySignatures } from "@/components/signatures/entry-signatures";
import type { AnimalRecord } from "@/lib/contracts/animal-record";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { readSignedEntries } from "@/lib/server/operations/signatures/read-signed-entries";

/** What stands with an entry of its signatures, as known at an instant or now, for every place where the entry does. */
export const entrySignatures = async (
  study: AuthorizedStudy,
  { log }: AnimalRecord,
  atMs: number | null,
): Promise<(entry: string) => ReactNode> => {
  const ids = log.map(({ entry }) => entry.id);
  const signed = await readSignedEntries(study, ids, atMs);
  const importedOrders = new Set(
    log.flatMap(({ entry, recorderId }) => (entry.kind === "order" && recorderId === null ? [entry.id] : [])),
  );
  return (entry) => {
    const found = signed.get(entry) ?? { signatures: [], waits: false };
    return <EntrySignatures {...found} imported={importedOrders.has(entry)} timeZone={study.timeZone} />;
  };
};
