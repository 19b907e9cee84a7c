import { Decimal } from "../decimal";
import { ok, refused, type Result } from "../result";

export type NumberFault = {
  readonly code: "BLANK_NUMBER" | "DECIMAL_COMMA" | "QUALIFIER_IN_NUMBER" | "NOT_A_NUMBER" | "TOO_MANY_DIGITS";
  readonly message: string;
};

const LONGEST_TEXT = 24;
const MOST_DIGITS = 15;

const significantDigits = (text: string): number => text.replace(".", "").replace(/^0+/u, "").length;

/**
 * A number as a person types it: digits, and a point if need be. Blanks around it are forgiven.
 *
 * Refused, each with the way out: a blank (never zero), a comma (7,5 and 1,500 look alike, and guessing is a factor of a
 * thousand), signs and exponents (nothing measured here is written so), < and > (they have their own field), and more
 * than 15 digits, which a JSON number would not hold.
 */
export const readTypedNumber = (text: string): Result<Decimal, NumberFault> => {
  const typed = text.trim();
  if (typed === "") {
    return refused({
      code: "BLANK_NUMBER",
      message: "A blank is not a value. Type the number, or record it as not done.",
    });
  }
  if (/^[<>≤≥]/u.test(typed)) {
    return refused({
      code: "QUALIFIER_IN_NUMBER",
      message: `"${typed}": choose < or > as the qualifier and type the number alone.`,
    });
  }
  if (/^\d[\d.]*,[\d,.]*$/u.test(typed)) {
    return refused({
      code: "DECIMAL_COMMA",
      message: `"${typed}": write decimals with a point, as in 7.5, and thousands without a separator, as in 1500.`,
    });
  }
  if (typed.length > LONGEST_TEXT || (/^\d+(\.\d+)?$/u.test(typed) && significantDigits(typed) > MOST_DIGITS)) {
    return refused({ code: "TOO_MANY_DIGITS", message: `Type at most ${MOST_DIGITS} digits.` });
  }
  if (!/^\d+(\.\d+)?$/u.test(typed)) {
    return refused({
      code: "NOT_A_NUMBER",
      message: `"${typed}" is not a number. Type digits and a decimal point only, as in 7.50 or 0.5.`,
    });
  }
  return ok(new Decimal(typed));
};
