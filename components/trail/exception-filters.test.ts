import { describe, expect, test } from "vitest";
import { exceptionQueryText, pageOfExceptions, readExceptionFilters } from "./exception-filters";

const LISTED = Array.from({ length: 7 }, (_, index) => ({
  key: `LATE:${String(index)}`,
  kind: "LATE" as const,
  animal: index % 2 === 0 ? "M1" : "M2",
  standing: index === 3 ? ("reviewed" as const) : index === 4 ? ("follow-up" as const) : ("open" as const),
}));
const pageOf = (query: Readonly<Record<string, string>>) => {
  const { items, ...page } = pageOfExceptions(LISTED, readExceptionFilters(query), 2);
  return { ...page, keys: items.map(({ key }) => key.slice(5)) };
};

describe("a page of exceptions", () => {
  test("leaves out what is reviewed, keeps what is to be followed up, and turns both ways", () => {
    expect(pageOf({})).toEqual({ total: 6, first: 1, previous: null, next: "LATE:1", keys: ["0", "1"] });
    expect(pageOf({ after: "LATE:1" })).toEqual({
      total: 6,
      first: 3,
      previous: "",
      next: "LATE:4",
      keys: ["2", "4"],
    });
    expect(pageOf({ after: "LATE:4" })).toEqual({
      total: 6,
      first: 5,
      previous: "LATE:1",
      next: null,
      keys: ["5", "6"],
    });
  });

  test("begins after its exception though that was reviewed meanwhile, and at the gravest after one that is unknown", () => {
    expect(pageOf({ after: "LATE:3" })).toMatchObject({ first: 4, keys: ["4", "5"] });
    expect(pageOf({ after: "LATE:gone" })).toMatchObject({ first: 1, keys: ["0", "1"] });
  });

  test("of one animal, one standing, and of all", () => {
    expect(pageOf({ animal: "M2" })).toMatchObject({ total: 2, keys: ["1", "5"] });
    expect(pageOf({ show: "reviewed" })).toMatchObject({ total: 1, keys: ["3"] });
    expect(pageOf({ show: "follow-up" })).toMatchObject({ total: 1, keys: ["4"] });
    expect(pageOf({ show: "all" })).toMatchObject({ total: 7 });
    expect(pageOf({ kind: "OVERRIDE" })).toMatchObject({ total: 0, keys: [] });
  });
});

test("an address keeps its filters, and names what it does not know", () => {
  const read = readExceptionFilters({ kind: "LATE", animal: "M1", show: "all" });
  expect(exceptionQueryText(read, "LATE:1")).toBe("?kind=LATE&animal=M1&show=all&after=LATE%3A1");
  expect(exceptionQueryText(readExceptionFilters({}))).toBe("");
  expect(readExceptionFilters({ kind: "X", show: "1" }).faults).toEqual([
    expect.stringContaining("“X” is no kind"),
    expect.stringContaining("“1” is no show"),
  ]);
});
