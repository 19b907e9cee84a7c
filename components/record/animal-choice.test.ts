import { describe, expect, test } from "vitest";
import type { AnimalOnSheet } from "@/lib/contracts/recording-sheet";
import {
  answerToTag,
  filterChoices,
  filtered,
  inRoundOrder,
  matching,
  NO_FILTER,
  nextOnRound,
  previousOnRound,
} from "./animal-choice";

const animal = (
  tag: string,
  room: string,
  cage: string,
  group: string,
  more: Partial<AnimalOnSheet> = {},
): AnimalOnSheet => ({
  tag,
  sex: "F",
  group,
  room,
  cage,
  control: false,
  startingDose: "10",
  doseLevels: ["10", "7.5"],
  status: "ON_DOSE",
  openToxicities: [],
  dose: "10",
  doseBeforeHold: null,
  lastDecision: null,
  firstDoseMs: null,
  last: {},
  baseline: {},
  lastOfKind: {},
  lastAmount: null,
  ...more,
});

const HERD = [
  animal("M010", "2", "B10", "G2"),
  animal("M002", "2", "B2", "G3", { sex: "M" }),
  animal("M001", "2", "B2", "G2"),
  animal("1F-07", "1", "A1", "Control"),
  animal("M110", "2", "B2", "G2", { status: "OFF_STUDY" }),
  animal("M200", "2", "B10", "G3"),
];
const ROUND = inRoundOrder(HERD);
const tags = (animals: readonly AnimalOnSheet[]): readonly string[] => animals.map(({ tag }) => tag);

describe("the way through the animal room", () => {
  test("goes by room, cage and tag, with 2 before 10", () => {
    expect(tags(ROUND)).toEqual(["1F-07", "M001", "M002", "M110", "M010", "M200"]);
  });

  test("next and previous leave out animals that have left the study", () => {
    expect(nextOnRound(ROUND, "M002")?.tag).toBe("M010");
    expect(previousOnRound(ROUND, "M010")?.tag).toBe("M002");
    expect(nextOnRound(ROUND, "M200")).toBeNull();
    expect(previousOnRound(ROUND, "1F-07")).toBeNull();
    expect(previousOnRound(ROUND, "M999")).toBeNull();
  });

  test("can be narrowed to a room, a cage, a group", () => {
    expect(tags(filtered(ROUND, { ...NO_FILTER, cage: "B2" }))).toEqual(["M001", "M002", "M110"]);
    expect(tags(filtered(ROUND, { room: "2", cage: "", group: "G3" }))).toEqual(["M002", "M200"]);
    expect(filterChoices(ROUND, { ...NO_FILTER, room: "2" })).toEqual({
      rooms: ["1", "2"],
      cages: ["B2", "B10"],
      groups: ["Control", "G2", "G3"],
    });
  });

  test("every typed word narrows it further", () => {
    expect(tags(matching(ROUND, "b2 g3"))).toEqual(["M002"]);
    expect(tags(matching(ROUND, "  "))).toEqual(tags(ROUND));
  });
});

describe("Enter in the tag field", () => {
  test("chooses the animal of an exact tag, in any case", () => {
    expect(answerToTag(HERD, "m010", true)).toEqual({ kind: "chosen", tag: "M010" });
    expect(answerToTag(HERD, " 1f-07 ", false)).toEqual({ kind: "chosen", tag: "1F-07" });
  });

  test("chooses by the last figures where only one animal ends so", () => {
    expect(answerToTag(HERD, "02", false)).toEqual({ kind: "chosen", tag: "M002" });
    expect(answerToTag(HERD, "10", false)).toEqual({ kind: "several", count: 2 });
  });

  test("takes a scanner at its word", () => {
    expect(answerToTag(HERD, "02", true)).toEqual({ kind: "none" });
  });

  test("never chooses a neighbour of a tag that is not there", () => {
    expect(answerToTag(HERD, "M01", false)).toEqual({ kind: "none" });
    expect(answerToTag(HERD, "M0021", false)).toEqual({ kind: "none" });
    expect(answerToTag(HERD, "7", false)).toEqual({ kind: "none" });
  });
});
