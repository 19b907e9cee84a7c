import { describe, expect, test } from "vitest";
import { readPastedAnimals } from "./read-pasted-animals";

describe("animals pasted from a spreadsheet", () => {
  test("rows without a heading are tag, sex, group, room, cage, birth date", () => {
    expect(readPastedAnimals("M001\tF\tG1\t2\tB4\t2026-01-05\nM002\tmale\tG2\n")).toEqual([
      {
        id: "M001",
        sex: "F",
        group: "G1",
        room: "2",
        cage: "B4",
        birthDate: "2026-01-05",
        strain: null,
        genotype: null,
      },
      { id: "M002", sex: "M", group: "G2", room: null, cage: null, birthDate: null, strain: null, genotype: null },
    ]);
  });

  test("a heading row names the columns, in any order", () => {
    expect(readPastedAnimals("Group,Animal,Sex\nG1,A-7,♀\n")).toMatchObject([{ id: "A-7", sex: "F", group: "G1" }]);
  });

  test("an unknown sex is said to be unknown", () => {
    expect(readPastedAnimals("M001\t\tG1")).toMatchObject([{ sex: "U" }]);
  });
});
