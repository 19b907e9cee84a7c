import type { Status } from "@/lib/domain/rules/history";
import { BOARD_SECTIONS, type BoardSection, compareAttention, type Now } from "@/lib/domain/animal/attention";
import { type Overview, type OverviewAnimal, overviewOf } from "@/lib/domain/animal/overview-animal";
import { type BoardFilters, passesFilters } from "./board-filters";

export type BoardRow = { readonly animal: OverviewAnimal; readonly overview: Overview };

export type BoardView = {
  /** Those that need somebody, of all animals, most urgent first; filters do not hide them. */
  readonly needing: readonly BoardRow[];
  readonly sections: readonly { readonly section: BoardSection; readonly rows: readonly BoardRow[] }[];
  readonly shown: number;
  readonly counts: Readonly<Record<Status, number>>;
  readonly controls: number;
  /** When the longest present hold began. */
  readonly longestHoldMs: number | null;
};

const countsOf = (animals: readonly OverviewAnimal[]): BoardView["counts"] => {
  const counts = { NOT_STARTED: 0, ON_DOSE: 0, WITHHELD: 0, DISCONTINUED: 0, OFF_STUDY: 0 };
  for (const { status } of animals) counts[status] += 1;
  return counts;
};

/** A board from its animals at an instant: what needs somebody, and every animal in its section. */
export const buildBoard = (animals: readonly OverviewAnimal[], filters: BoardFilters, now: Now): BoardView => {
  const rows = animals
    .map((animal): BoardRow => ({ animal, overview: overviewOf(animal, now) }))
    .sort((one, other) => compareAttention(one.overview, other.overview));
  const shown = rows.filter(({ animal }) => passesFilters(animal, filters));
  const holds = rows.flatMap(({ overview }) => overview.standing.hold?.sinceMs ?? []);
  return {
    needing: rows.filter(({ overview }) => overview.concerns.length > 0),
    sections: BOARD_SECTIONS.map((section) => ({
      section,
      rows: shown.filter(({ overview }) => overview.section === section),
    })).filter((section) => section.rows.length > 0),
    shown: shown.length,
    counts: countsOf(animals),
    controls: animals.filter(({ control }) => control).length,
    longestHoldMs: holds.length === 0 ? null : Math.min(...holds),
  };
};
