import { describe, expect, test } from "vitest";
import { findItems, type FinderItem } from "./find-items";

const item = (label: string, detail = "female · group 2 · cage B4"): FinderItem => ({
  id: label,
  label,
  detail,
  href: `/${label}`,
});
const HERD = [
  item("M100"),
  item("M010"),
  item("M013", "male · group 3 · cage B7"),
  item("M001"),
  item("1F-07", "female · control"),
];

describe("finding an animal", () => {
  test("an exact tag comes first, then tags that begin, end, or go on with what was typed", () => {
    expect(findItems([item("AM01"), item("M012"), item("M01")], "m01", 5).map(({ id }) => id)).toEqual([
      "M01",
      "M012",
      "AM01",
    ]);
  });

  test("the last figures of a tag are enough", () => {
    expect(findItems(HERD, "13", 5).map(({ id }) => id)).toEqual(["M013"]);
  });

  test("every word must be found, in the tag or beside it", () => {
    expect(findItems(HERD, "male b7", 5).map(({ id }) => id)).toEqual(["M013"]);
    expect(findItems(HERD, "m013 b4", 5)).toEqual([]);
  });

  test("nothing typed lists the first ones, and never more than asked for", () => {
    expect(findItems(HERD, "  ", 2).map(({ id }) => id)).toEqual(["M100", "M010"]);
  });
});
