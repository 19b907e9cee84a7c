import { describe, expect, test } from "vitest";
import { EMPTY_SUMMARY } from "@/lib/domain/animal/animal-summary";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";
import { choicesOf, filtersQuery, isFiltered, passesFilters, readBoardFilters, withoutFilters } from "./board-filters";
import { buildBoard } from "./board-view";
import { concernWords } from "./concern-words";

const NO_FILTERS = withoutFilters({ asKnownAt: null });

const DAY = 86_400_000;
const NOW = { ms: Date.UTC(2026, 1, 4, 9, 40), timeZone: "Europe/London" };

const animal = (tag: string, more: Partial<OverviewAnimal> = {}): OverviewAnimal => ({
  tag,
  sex: "F",
  group: "G2",
  room: "1",
  cage: "A1",
  control: false,
  status: "ON_DOSE",
  dose: "10",
  openToxicities: [],
  said: null,
  summary: EMPTY_SUMMARY,
  decisions: [],
  ...more,
});

const light = animal("M2", {
  summary: {
    ...EMPTY_SUMMARY,
    firstDoseMs: NOW.ms - 30 * DAY,
    baselineWeight: { value: "23.2", observedMs: NOW.ms - 31 * DAY, entry: "w1" },
    latest: { weight: { value: "19.3", qualifier: null, observedMs: NOW.ms, entry: "w9", grade: 2 } },
  },
});

describe("filters in the address", () => {
  test("are read back as they were written", () => {
    const filters = { ...NO_FILTERS, status: "WITHHELD" as const, group: "G 2&3", text: "rash", all: true };
    const query = Object.fromEntries(new URLSearchParams(filtersQuery(filters)));
    expect(readBoardFilters(query, null)).toEqual(filters);
    expect(filtersQuery(NO_FILTERS)).toBe("");
    expect(isFiltered({ ...NO_FILTERS, all: true })).toBe(false);
    const then = withoutFilters({ asKnownAt: "2026-03-03T08:35:00.000Z" });
    expect(isFiltered(then)).toBe(false);
    expect(filtersQuery(then)).toBe("?asKnownAt=2026-03-03T08%3A35%3A00.000Z");
  });

  test("blank fields, repeated keys and a status that there is not filter nothing more", () => {
    expect(readBoardFilters({ status: "asleep", group: " ", room: ["1", "2"] }, null)).toEqual({
      ...NO_FILTERS,
      room: "1",
    });
  });

  test("a whole board leaves out what has left the study; any filter finds it", () => {
    const gone = animal("M9", { status: "OFF_STUDY" });
    expect(passesFilters(gone, NO_FILTERS)).toBe(false);
    expect(passesFilters(gone, { ...NO_FILTERS, all: true })).toBe(true);
    expect(passesFilters(gone, { ...NO_FILTERS, text: "m9" })).toBe(true);
    expect(passesFilters(gone, { ...NO_FILTERS, group: "G2" })).toBe(true);
  });

  test("every word must occur, in the tag, the place or an open toxicity", () => {
    const held = animal("M3", { openToxicities: ["ALT_INCREASED"], cage: "B7" });
    expect(passesFilters(held, { ...NO_FILTERS, text: "alt increased b7" })).toBe(true);
    expect(passesFilters(held, { ...NO_FILTERS, text: "rash b7" })).toBe(false);
  });

  test("choices are in the order in which people count", () => {
    const animals = ["B10", "B9", "A1", "B9"].map((cage, index) => animal(`M${String(index)}`, { cage }));
    expect(choicesOf([...animals, animal("M9", { cage: null })], "cage")).toEqual(["A1", "B9", "B10"]);
  });
});

describe("a board", () => {
  test("counts every animal, whatever the filters show, and hides nothing that needs somebody", () => {
    const board = buildBoard(
      [animal("M1"), light, animal("M3", { status: "WITHHELD" })],
      { ...NO_FILTERS, status: "WITHHELD" },
      NOW,
    );
    expect(board.counts).toMatchObject({ ON_DOSE: 2, WITHHELD: 1 });
    expect(board.shown).toBe(1);
    expect(board.needing.map((row) => row.animal.tag)).toEqual(["M2"]);
  });

  test("says a loss of weight with its denominator, its day, and how far the humane endpoint is", () => {
    const [row] = buildBoard([light], NO_FILTERS, NOW).needing;
    if (row === undefined) throw new Error("nothing needs somebody");
    const words = concernWords("weight-warning", row, "mg/kg", NOW);
    expect(words.detail).toBe("−16.8 % of 23.2 g, day −1");
    expect(words.sentence).toBe(
      "19.3 g on day 31, 4 Feb 2026. The humane endpoint is 18.56 g, 20\u00a0% below the baseline.",
    );
  });
});
