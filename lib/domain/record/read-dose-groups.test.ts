import { describe, expect, test } from "vitest";
import { levelsOfGroups } from "../study/dose-group";
import { readDoseGroups } from "./read-dose-groups";

const G1 = { code: "G1", control: true };
const G2 = { code: "G2", label: "Low", doseLevels: [1, 2], startingDose: 2 };
const G3 = { code: "G3", doseLevels: [4, 3, 2, 1], startingDose: 4, control: null, label: null };

const faultOf = (...groups: readonly unknown[]): string => {
  const read = readDoseGroups({ groups }, "");
  if (read.ok) throw new Error("this was expected to be refused");
  return `${read.fault.path}: ${read.fault.message}`;
};

describe("dose groups", () => {
  test("each has its own ladder, from high to low; a control group needs none and starts at 0", () => {
    const read = readDoseGroups({ groups: [G1, G2, G3] }, "");
    if (!read.ok) throw new Error(read.fault.message);
    expect(read.value.map(({ code, label, control }) => ({ code, label, control }))).toEqual([
      { code: "G1", label: "G1", control: true },
      { code: "G2", label: "Low", control: false },
      { code: "G3", label: "G3", control: false },
    ]);
    expect(read.value.map(({ doseLevels }) => doseLevels.join(" "))).toEqual(["", "2 1", "4 3 2 1"]);
    expect(read.value.map(({ startingDose }) => startingDose.toNumber())).toEqual([0, 2, 4]);
    expect(levelsOfGroups(read.value).join(" ")).toBe("4 3 2 1");
  });

  test("a starting dose off the ladder is refused where it stands", () => {
    expect(faultOf(G1, { ...G2, startingDose: 3 })).toBe(
      "groups[1].startingDose: 3 is not one of the group's dose levels",
    );
    expect(faultOf({ ...G2, startingDose: undefined })).toBe("groups[0].startingDose: is missing");
    expect(faultOf({ ...G2, startingDose: 0 })).toBe("groups[0].startingDose: 0 is not one of the group's dose levels");
  });

  test("a control group that starts above 0 is refused", () => {
    expect(faultOf({ ...G1, startingDose: 1 })).toBe(
      "groups[0].startingDose: must be 0: a control group is given no drug",
    );
  });

  test("a ladder without levels, with one twice, or with one that is not positive is refused", () => {
    expect(faultOf({ ...G2, doseLevels: [] })).toBe("groups[0].doseLevels: must name at least one dose level");
    expect(faultOf({ ...G2, doseLevels: null })).toBe("groups[0].doseLevels: is missing");
    expect(faultOf({ ...G2, doseLevels: [2, 1, 2] })).toBe("groups[0].doseLevels[2]: repeats the dose level 2");
    expect(faultOf({ ...G2, doseLevels: [2, -1] })).toBe("groups[0].doseLevels[1]: must be more than 0");
  });

  test("a code occurs once, and there is a group", () => {
    expect(faultOf(G1, G1)).toBe("groups[1].code: repeats the group G1");
    expect(faultOf()).toBe("groups: must have at least one dose group");
  });
});
