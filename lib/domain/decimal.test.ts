import * as fc from "fast-check";
import { expect, test } from "vitest";

import { compareDecimals, Decimal } from "./decimal";
import { histories } from "../../test/oracle/run-count.property";

test("decimals are exact", () => {
  expect(new Decimal(0.3).minus(0.1).eq(0.2)).toBe(true);
  expect(compareDecimals(new Decimal("1.0"), new Decimal(1))).toBe(0);
});

test("numbers are compared as the library compares them, whatever their digits", () => {
  const digits = fc
    .array(fc.constantFrom("0", "0", "1", "5", "9"), { minLength: 1, maxLength: 24 })
    .map((list) => list.join(""));
  const written = fc
    .tuple(
      fc.constantFrom("", "", "-"),
      digits,
      fc.oneof(
        fc.constant(""),
        digits.map((list) => `.${list}`),
      ),
    )
    .map((parts) => parts.join(""));
  const near = written.chain((text) =>
    fc.tuple(
      fc.constant(text),
      fc.oneof(fc.constant(text), fc.constant(`${text}${text.includes(".") ? "" : ".0"}1`), written),
    ),
  );
  fc.assert(
    fc.property(near, ([one, other]) => {
      const [left, right] = [new Decimal(one), new Decimal(other)];
      expect(Math.sign(compareDecimals(left, right))).toBe(left.cmp(right));
      expect(Math.sign(compareDecimals(right, left))).toBe(right.cmp(left));
    }),
    histories(5000),
  );
});
