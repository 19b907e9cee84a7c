import * as fc from "fast-check";
import { expect, test } from "vitest";

import { compareCodePoints as compareByLists } from "../../../test/oracle/standing";
import { histories } from "../../../test/oracle/run-count.property";
import { compareCodePoints } from "./code-points";

test("characters beyond U+FFFF come after U+FFFD, though their surrogates do not", () => {
  expect(compareCodePoints("\uFFFD", "\u{1F600}")).toBeLessThan(0);
  expect(["\uFFFD", "\u{1F600}"].toSorted()).toEqual(["\u{1F600}", "\uFFFD"]);
});

test("half a surrogate pair is a code point of its own, below U+FFFD", () => {
  expect(compareCodePoints("\uD83D2", "\uFFFD1")).toBeLessThan(0);
  expect(compareCodePoints("\uD83D\uFFFD", "\u{1F600}")).toBeLessThan(0);
});

test("a beginning comes before the whole", () => {
  expect(compareCodePoints("e1", "e10")).toBeLessThan(0);
  expect(compareCodePoints("", "e")).toBeLessThan(0);
  expect(compareCodePoints("e", "e")).toBe(0);
});

test("the order is that of the code points, whatever the text", () => {
  const units = fc.array(fc.constantFrom("a", "\uD83D", "\uDE00", "\uE000", "\uFFFD"), { maxLength: 5 });
  const text = fc.oneof(
    units.map((parts) => parts.join("")),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(text, text, (left, right) => {
      expect(Math.sign(compareCodePoints(left, right))).toBe(Math.sign(compareByLists(left, right)));
    }),
    histories(5000),
  );
});
