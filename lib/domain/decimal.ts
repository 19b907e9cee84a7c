import { Decimal as DecimalJs } from "decimal.js";

/**
 * Exact decimals for measured values and doses: 0.3 − 0.1 is 0.2, and 1.0 is not below 1.0.
 * The precision is far above what a product of a value and a cut-off can need, so nothing is ever rounded here.
 */
export const Decimal = DecimalJs.clone({ precision: 400, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = DecimalJs;

export const ZERO: Decimal = new Decimal(0);

/**
 * Sign of left − right, as `cmp` gives it. That one makes a copy of its argument each time, and comparing is most of what
 * a replay does: two positive numbers are compared here by their exponents and then by their words of digits.
 */
export const compareDecimals = (left: Decimal, right: Decimal): number => {
  if (left.s < 0 || right.s < 0 || left.isZero() || right.isZero()) return left.cmp(right);
  if (left.e !== right.e) return left.e - right.e;
  const [leftWords, rightWords] = [left.d, right.d];
  const shared = Math.min(leftWords.length, rightWords.length);
  for (let word = 0; word < shared; word += 1) {
    const difference = (leftWords[word] ?? 0) - (rightWords[word] ?? 0);
    if (difference !== 0) return difference;
  }
  return leftWords.length - rightWords.length;
};
