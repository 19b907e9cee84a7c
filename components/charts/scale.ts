import { type ScaleLinear, scaleLinear, scaleLog } from "d3-scale";

/** A value axis: where a value is drawn, and which values are written beside it. */
export type ValueScale = {
  readonly kind: "linear" | "log";
  readonly domain: readonly [low: number, high: number];
  /** Values outside the domain are drawn at its edge. On a log axis so is everything from 0 down. */
  readonly place: (value: number) => number;
  readonly ticks: readonly number[];
};

type ScaleRequest = {
  /** All that must be inside; empty: an axis from 0 to 1, or from 1 to 10. */
  readonly values: readonly number[];
  readonly top: number;
  readonly bottom: number;
  /** The most ticks that fit. */
  readonly maxTicks: number;
};

const finite = (values: readonly number[]): readonly number[] => values.filter((value) => Number.isFinite(value));

/** At most this many of the list, evenly thinned and with its first kept. */
const thinned = (ticks: readonly number[], most: number): readonly number[] => {
  const every = Math.ceil(ticks.length / Math.max(1, most));
  return every <= 1 ? ticks : ticks.filter((_, place) => place % every === 0);
};

/** Round values, as many as fit: asking for n may give more, so fewer are asked for until they do. */
const evenTicks = (scale: ScaleLinear<number, number>, most: number): readonly number[] => {
  for (let count = most; count > 1; count -= 1) {
    const ticks = scale.ticks(count);
    if (ticks.length <= most) return ticks;
  }
  return scale.ticks(1);
};

/** How much of the height stays free beyond the outermost values, so that marks are not cut. */
const PADDING = 0.08;

/** An even axis that holds all values, with a little room beyond them. */
export const linearScale = ({ values, top, bottom, maxTicks }: ScaleRequest): ValueScale => {
  const known = finite(values);
  const low = known.length === 0 ? 0 : Math.min(...known);
  const high = known.length === 0 ? 1 : Math.max(...known);
  const span = high - low;
  const room = span === 0 ? Math.max(Math.abs(high) * 0.1, 0.5) : span * PADDING;
  const domain: readonly [number, number] = [low - room, high + room];
  const scale = scaleLinear([...domain], [bottom, top]).clamp(true);
  return { kind: "linear", domain, place: (value) => scale(value), ticks: evenTicks(scale, maxTicks) };
};

const tidy = (value: number): number => Number(value.toPrecision(12));

/** 1, 2 and 5 in every decade of a range, or fewer: 1 and 3, then powers of ten, then every second and third of them. */
export const logTicks = (low: number, high: number, most: number): readonly number[] => {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const inRange = (steps: readonly number[]): readonly number[] =>
    Array.from({ length: last - first + 1 }, (_, place) => first + place)
      .flatMap((power) => steps.map((step) => tidy(step * 10 ** power)))
      .filter((tick) => tick >= low && tick <= high);
  for (const steps of [[1, 2, 5], [1, 3], [1]]) {
    const ticks = inRange(steps);
    if (ticks.length <= most && ticks.length > 0) return ticks;
  }
  const powers = inRange([1]);
  return powers.length === 0 ? thinned(inRange([1, 2, 5]), most) : thinned(powers, most);
};

/** Nearer to zero a double loses digits, and a part of it may be 0, which has no logarithm. */
const SMALLEST_VALUE = 1e-300;
const SMALLEST_RATIO = 4;
/** What is smaller than this part of the highest is drawn at the floor: no height could tell the rest apart otherwise. */
const LARGEST_RATIO = 1e6;
/** A zero is drawn at the floor: this far below the smallest value above zero. */
const FLOOR_RATIO = 2;

/** An axis of ratios. What is as good as zero is drawn as zero. It spans at least a factor of four, so that noise does not look like a fall. */
export const logScale = ({ values, top, bottom, maxTicks }: ScaleRequest): ValueScale => {
  const known = finite(values);
  const positive = known.filter((value) => value >= SMALLEST_VALUE);
  const highest = positive.length === 0 ? 10 : Math.max(...positive);
  const lowest = positive.length === 0 ? 1 : Math.max(Math.min(...positive), highest / LARGEST_RATIO);
  const below = known.some((value) => value < SMALLEST_VALUE) ? lowest / FLOOR_RATIO : lowest;
  const widen = Math.max(1, Math.sqrt(SMALLEST_RATIO / (highest / below)));
  const room = (highest / below) ** PADDING;
  const domain: readonly [number, number] = [below / widen / room, highest * widen * room];
  const scale = scaleLog([...domain], [bottom, top]).clamp(true);
  return {
    kind: "log",
    domain,
    place: (value) => (value <= domain[0] ? bottom : scale(value)),
    ticks: logTicks(domain[0], domain[1], maxTicks),
  };
};
