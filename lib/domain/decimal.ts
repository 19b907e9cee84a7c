import { Decimal as DecimalJs } from "decimal.js";

/**
 * Exact decimals for measured values and doses: 0.3 − 0.1 is 0.2, and 1.0 is not below 1.0.
 * The precision is far above what a product of a value and a cut-off can need, so nothing is ever rounded here.
 */
export const Decimal = DecimalJs.clone({ precision: 400, toExpNeg: -9e15, toExpPos: 9e15 });
export type Decimal = DecimalJs;

export const ZERO: Decimal = new Decimal(0);
