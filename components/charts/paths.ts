import { area, line } from "d3-shape";

export type Place = { readonly x: number; readonly y: number };
export type RangePlace = { readonly x: number; readonly low: number; readonly high: number };

/** Coordinates to a tenth of a pixel: finer is invisible and only makes the page heavier. */
const DIGITS = 1;

const linePath = line<Place>(
  ({ x }) => x,
  ({ y }) => y,
).digits(DIGITS);

const bandPath = area<RangePlace>()
  .x(({ x }) => x)
  .y0(({ low }) => low)
  .y1(({ high }) => high)
  .digits(DIGITS);

/** A line through the points, in their order; empty for fewer than two, as there is nothing to join. */
export const pathThrough = (places: readonly Place[]): string => (places.length < 2 ? "" : (linePath(places) ?? ""));

/** The surface between a lower and an upper line. */
export const pathBetween = (places: readonly RangePlace[]): string =>
  places.length < 2 ? "" : (bandPath(places) ?? "");

/** Rounded for an attribute. */
export const px = (value: number): number => Math.round(value * 10) / 10;
