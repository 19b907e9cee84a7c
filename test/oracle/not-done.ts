import type { AnimalDocument, EntryDocument } from "./document";

/** Whether an entry says why a field has no value: by a text that is not empty. */
export const saysWhyNot = ({ notDone }: EntryDocument, field: string): boolean => {
  if (typeof notDone !== "object" || notDone === null || !Object.hasOwn(notDone, field)) return false;
  const reason: unknown = (notDone as Record<string, unknown>)[field];
  return typeof reason === "string" && reason.length > 0;
};

export const isGiven = (animal: AnimalDocument, entry: EntryDocument): boolean => {
  if ((entry.amount ?? 0) > 0) return true;
  return animal.control === true && !saysWhyNot(entry, "amount");
};
