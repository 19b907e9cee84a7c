import type { AnimalRecord } from "@/lib/contracts/animal-record";

/** The tag that an animal had at an instant before the one its record is known at: for the address of a page of that instant. */
export const tagAt = ({ animal, changes }: Pick<AnimalRecord, "animal" | "changes">, atMs: number): string => {
  const first = changes.findLast(
    ({ changedAt, fields }) => Date.parse(changedAt) > atMs && fields.some(({ field }) => field === "tag"),
  );
  return first?.fields.find(({ field }) => field === "tag")?.before ?? animal.id;
};
