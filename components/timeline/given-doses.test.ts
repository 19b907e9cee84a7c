import { describe, expect, test } from "vitest";
import { givenMarks } from "./given-doses";
import type { GivenDose } from "./timeline-data";

const dose = (at: number, more: Partial<GivenDose> = {}): GivenDose => ({
  at,
  amount: 3,
  notGiven: false,
  text: "3",
  deviations: [],
  fault: false,
  known: null,
  ...more,
});
const days = (count: number): readonly GivenDose[] => Array.from({ length: count }, (_, day) => dose(day));

describe("doses given", () => {
  test("are ticks while they can be told apart, and one bar where they cannot", () => {
    expect(givenMarks(days(5), (at) => at * 10)).toMatchObject({ ticks: [0, 10, 20, 30, 40], runs: [] });
    expect(givenMarks(days(5), (at) => at * 2)).toMatchObject({ ticks: [], runs: [{ from: 0, until: 8 }] });
  });

  test("a pause breaks the bar", () => {
    const doses = [...days(4), ...days(4).map(({ at }) => dose(at + 20))];
    expect(givenMarks(doses, (at) => at * 2).runs).toEqual([
      { from: 0, until: 6 },
      { from: 40, until: 46 },
    ]);
  });

  test("deviating doses are marked one by one, and named once where they follow each other", () => {
    const late = { deviations: ["before result known"] };
    const marks = givenMarks([dose(0), dose(1, late), dose(2, late), dose(3), dose(4, late)], (at) => at * 10);
    expect(marks.ticks).toEqual([0, 30]);
    expect(marks.deviating.map(({ x }) => x)).toEqual([10, 20, 40]);
    expect(marks.labels.map(({ x, text }) => [x, text])).toEqual([
      [10, "before result known ×2"],
      [40, "before result known"],
    ]);
  });

  test("are ticks, with the vehicle of a control; those that were not given are marked apart", () => {
    expect(givenMarks([dose(1, { amount: 0 }), dose(9, { amount: 0, notGiven: true })], (at) => at)).toMatchObject({
      ticks: [1],
      notGiven: [9],
    });
  });
});
