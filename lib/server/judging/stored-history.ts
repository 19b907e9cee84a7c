import "server-only";
import type { DoseEventDocument } from "@/lib/contracts/entries/answer";
import type { StoredEvent } from "@/lib/server/store/read-runs";

export const storedEventDocument = (event: StoredEvent): DoseEventDocument => ({
  at: event.at,
  entry: event.entry,
  action: event.action as DoseEventDocument["action"],
  rules: [...event.rules],
  fromDose: Number(event.fromDose),
  toDose: Number(event.toDose),
  toxicities: event.toxicities.map(({ term, grade }) => ({ term, grade })),
});
