import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import type { Status } from "@/lib/domain/rules/history";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";

/** What of a board is shown; everything stands in the address, so that a view can be sent to somebody. */
export type BoardFilters = {
  readonly status: Status | null;
  readonly group: string | null;
  readonly room: string | null;
  readonly cage: string | null;
  /** Words that must all occur in the tag, group, room, cage, sex or open toxicities. */
  readonly text: string | null;
  /** Also animals that have left the study, which a whole board leaves out. */
  readonly all: boolean;
  /** The instant of the past that the board shows, as ISO 8601; null for now. It stays when the filters go. */
  readonly asKnownAt: string | null;
};

/** The whole board of the same instant. */
export const withoutFilters = ({ asKnownAt }: Pick<BoardFilters, "asKnownAt">): BoardFilters => ({
  status: null,
  group: null,
  room: null,
  cage: null,
  text: null,
  all: false,
  asKnownAt,
});

const STATUSES: readonly Status[] = ["ON_DOSE", "WITHHELD", "DISCONTINUED", "OFF_STUDY", "NOT_STARTED"];

export const readBoardFilters = (query: AddressQuery, asKnownAt: string | null): BoardFilters => ({
  status: STATUSES.find((status) => status === queryText(query, "status")?.toUpperCase()) ?? null,
  group: queryText(query, "group"),
  room: queryText(query, "room"),
  cage: queryText(query, "cage"),
  text: queryText(query, "text"),
  all: queryText(query, "all") === "1",
  asKnownAt,
});

/** The parts of an address that say these filters. */
export const filterTexts = ({ status, all, ...texts }: BoardFilters): Readonly<Record<string, string>> => ({
  ...(status === null ? {} : { status: status.toLowerCase() }),
  ...Object.fromEntries(Object.entries(texts).flatMap(([key, value]) => (value === null ? [] : [[key, value]]))),
  ...(all ? { all: "1" } : {}),
});

/** "" or "?status=withheld&group=G2": the address of a board with these filters. */
export const filtersQuery = (filters: BoardFilters): string => {
  const text = new URLSearchParams(filterTexts(filters)).toString();
  return text === "" ? "" : `?${text}`;
};

/** Whether anything narrows the board; showing those that left the study does not. */
export const isFiltered = (filters: BoardFilters): boolean =>
  filtersQuery({ ...filters, all: false, asKnownAt: null }) !== "";

const wordsOf = ({ tag, group, room, cage, sex, openToxicities }: OverviewAnimal): string =>
  [tag, group, room, cage, sex, ...openToxicities].join(" ").toLowerCase().replaceAll("_", " ");

export const passesFilters = (animal: OverviewAnimal, filters: BoardFilters): boolean => {
  const { status, group, room, cage, text } = filters;
  if (status !== null && animal.status !== status) return false;
  if (group !== null && animal.group !== group) return false;
  if (room !== null && animal.room !== room) return false;
  if (cage !== null && animal.cage !== cage) return false;
  if (text === null) return filters.all || isFiltered(filters) || animal.status !== "OFF_STUDY";
  const words = wordsOf(animal);
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
};

/** The values that a filter can take, in the order in which people count. */
export const choicesOf = (animals: readonly OverviewAnimal[], key: "group" | "room" | "cage"): readonly string[] => {
  const found = new Set(animals.flatMap((animal) => animal[key] ?? []));
  return [...found].sort(new Intl.Collator("en", { numeric: true }).compare);
};
