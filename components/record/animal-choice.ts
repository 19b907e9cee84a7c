import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import { tagAmong } from "@/lib/client/tag-scan";

/** What narrows the list; empty: all. */
export type AnimalFilter = { readonly room: string; readonly cage: string; readonly group: string };

export const NO_FILTER: AnimalFilter = { room: "", cage: "", group: "" };

const naturally = new Intl.Collator("en", { numeric: true });

/** The way through the animal room: room by room, cage by cage, then by tag, 2 before 10. */
export const inRoundOrder = (animals: readonly AnimalOnSheet[]): readonly AnimalOnSheet[] =>
  [...animals].sort(
    (one, other) =>
      naturally.compare(one.room ?? "", other.room ?? "") ||
      naturally.compare(one.cage ?? "", other.cage ?? "") ||
      naturally.compare(one.tag, other.tag),
  );

export const filtered = (
  animals: readonly AnimalOnSheet[],
  { room, cage, group }: AnimalFilter,
): readonly AnimalOnSheet[] =>
  animals.filter(
    (animal) =>
      (room === "" || animal.room === room) &&
      (cage === "" || animal.cage === cage) &&
      (group === "" || animal.group === group),
  );

export type FilterChoices = {
  readonly rooms: readonly string[];
  readonly cages: readonly string[];
  readonly groups: readonly string[];
};

const distinct = (values: readonly (string | null)[]): readonly string[] =>
  [...new Set(values.filter((value) => value !== null))].sort(naturally.compare);

/** What there is to choose from; the cages are those of the chosen room. */
export const filterChoices = (animals: readonly AnimalOnSheet[], { room }: AnimalFilter): FilterChoices => ({
  rooms: distinct(animals.map((animal) => animal.room)),
  cages: distinct(filtered(animals, { ...NO_FILTER, room }).map((animal) => animal.cage)),
  groups: distinct(animals.map((animal) => animal.group)),
});

const searched = ({ tag, cage, group, room, sex }: AnimalOnSheet): string =>
  [
    tag,
    cage === null ? "" : `cage ${cage}`,
    group === null ? "" : `group ${group}`,
    room === null ? "" : `room ${room}`,
    sex ?? "",
  ]
    .join(" ")
    .toLowerCase();

/** The animals in which every typed word occurs. */
export const matching = (animals: readonly AnimalOnSheet[], typed: string): readonly AnimalOnSheet[] => {
  const words = typed
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== "");
  return animals.filter((animal) => words.every((word) => searched(animal).includes(word)));
};

/** What Enter means in the tag field. */
export type TagAnswer =
  | { readonly kind: "chosen"; readonly tag: string }
  | { readonly kind: "several"; readonly count: number }
  | { readonly kind: "none" };

/**
 * An exact tag is that animal, wherever the list is narrowed to. The last figures of a tag are enough for a person, if
 * only one animal of the study ends so; never for a scanner, whose unknown tag must not end at a neighbour.
 */
export const answerToTag = (animals: readonly AnimalOnSheet[], typed: string, scanned: boolean): TagAnswer => {
  const exact = tagAmong(
    animals.map(({ tag }) => tag),
    typed,
  );
  if (exact !== null) return { kind: "chosen", tag: exact };
  const wanted = typed.trim().toLowerCase();
  if (scanned || wanted === "") return { kind: "none" };
  const found = animals.filter(({ tag }) => tag.toLowerCase().endsWith(wanted));
  const [only] = found;
  if (only !== undefined && found.length === 1 && wanted.length >= 2) return { kind: "chosen", tag: only.tag };
  return found.length > 1 ? { kind: "several", count: found.length } : { kind: "none" };
};

/** The next one on the way that can still be recorded of; null at the end. */
export const nextOnRound = (round: readonly AnimalOnSheet[], tag: string): AnimalOnSheet | null => {
  const here = round.findIndex((animal) => animal.tag === tag);
  return round.slice(here + 1).find(({ status }) => status !== "OFF_STUDY") ?? null;
};

export const previousOnRound = (round: readonly AnimalOnSheet[], tag: string): AnimalOnSheet | null => {
  const here = round.findIndex((animal) => animal.tag === tag);
  return here === -1 ? null : (round.slice(0, here).findLast(({ status }) => status !== "OFF_STUDY") ?? null);
};
