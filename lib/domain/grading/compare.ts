import { compareDecimals, type Decimal } from "../decimal";
import type { Measured } from "../record/log-entry";

/** Sign of measured − edge. A `<` result lies just below its number and a `>` result just above it. */
const side = (measured: Measured, edge: Decimal): number => {
  const order = compareDecimals(measured.value, edge);
  if (order !== 0 || measured.qualifier === null) return order;
  return measured.qualifier === "<" ? -1 : 1;
};

export const isBelow = (measured: Measured, edge: Decimal): boolean => side(measured, edge) < 0;
export const isAtMost = (measured: Measured, edge: Decimal): boolean => side(measured, edge) <= 0;
export const isAbove = (measured: Measured, edge: Decimal): boolean => side(measured, edge) > 0;
export const isAtLeast = (measured: Measured, edge: Decimal): boolean => side(measured, edge) >= 0;
