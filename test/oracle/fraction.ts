/** An exact rational number: numerator over a positive denominator, not reduced. */
export type Fraction = { readonly over: bigint; readonly under: bigint };

/** The decimal that a JSON number was written as, in the shortest form that reads back as the same number. */
export const fractionOf = (number: number): Fraction => {
  const [digits = "0", exponent = "0"] = String(number).split("e");
  const [whole = "0", decimals = ""] = digits.split(".");
  const shift = Number(exponent) - decimals.length;
  const over = BigInt(whole + decimals);
  return shift >= 0 ? { over: over * 10n ** BigInt(shift), under: 1n } : { over, under: 10n ** BigInt(-shift) };
};

export const NOTHING = fractionOf(0);

export const times = (a: Fraction, b: Fraction): Fraction => ({ over: a.over * b.over, under: a.under * b.under });

export const minus = (a: Fraction, b: Fraction): Fraction => ({
  over: a.over * b.under - b.over * a.under,
  under: a.under * b.under,
});

export const percentOf = (percent: Fraction, whole: Fraction): Fraction =>
  times(times(percent, whole), { over: 1n, under: 100n });

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export const compareFractions = (a: Fraction, b: Fraction): number => {
  const { over } = minus(a, b);
  return over < 0n ? -1 : over > 0n ? 1 : 0;
};

export const below = (a: Fraction, b: Fraction): boolean => compareFractions(a, b) < 0;

/** Shortest decimal form without an exponent. Only for fractions that end, as every dose does. */
export const writeFraction = ({ over, under }: Fraction): string => {
  const sign = over < 0n ? "-" : "";
  let rest = over < 0n ? -over : over;
  let text = `${rest / under}`;
  rest %= under;
  if (rest > 0n) text += ".";
  while (rest > 0n) {
    rest *= 10n;
    text += `${rest / under}`;
    rest %= under;
  }
  return sign + text;
};
