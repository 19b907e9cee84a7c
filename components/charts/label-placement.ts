/** A rectangle in the drawing, for keeping texts off each other. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const overlaps = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width &&
  other.x < one.x + one.width &&
  one.y < other.y + other.height &&
  other.y < one.y + one.height;

export type TextRequest = {
  /** Where the thing is that the text belongs to. */
  readonly at: number;
  /** Widths of what may be written, best first: the whole sentence, a word, only its glyph. */
  readonly widths: readonly number[];
  /** The higher, the longer it keeps its words. */
  readonly weight: number;
};

export type RowPlace = {
  /** Left edge of the text. */
  readonly x: number;
  /** Which of the widths was taken. */
  readonly choice: number;
};

type Span = { readonly from: number; readonly to: number };

const GAP = 6;

/** Texts in one row, each right of its place (at the end left of it), shortened or left out (null) where there is no room. */
export const placeInRow = (
  requests: readonly TextRequest[],
  bounds: { readonly left: number; readonly right: number },
): readonly (RowPlace | null)[] => {
  const taken: Span[] = [];
  const places = new Map<TextRequest, RowPlace>();
  const free = ({ from, to }: Span): boolean =>
    from >= bounds.left &&
    to <= bounds.right &&
    taken.every((other) => to + GAP <= other.from || other.to + GAP <= from);
  for (const request of [...requests].sort((one, other) => other.weight - one.weight || one.at - other.at)) {
    const options = request.widths.map((width, choice) => {
      const from = request.at + width <= bounds.right ? request.at : request.at - width;
      return { choice, from, to: from + width };
    });
    const best = options.find(free);
    if (best === undefined) continue;
    taken.push(best);
    places.set(request, { x: best.from, choice: best.choice });
  }
  return requests.map((request) => places.get(request) ?? null);
};

export type LanePlace = { readonly lane: number; readonly choice: number };

type Standing = { readonly request: TextRequest; choice: number; lane: number };

/**
 * Gives each text, from left to right, the lane below every earlier text that reaches beyond its place. So the line that
 * hangs from a text never runs through another text, and a lane is used again as soon as it is clear.
 */
const descend = (standing: readonly Standing[]): void => {
  standing.forEach((one, index) => {
    const above = standing
      .slice(0, index)
      .filter(({ request, choice }) => request.at + (request.widths[choice] ?? 0) + GAP > one.request.at)
      .map(({ lane }) => lane);
    one.lane = above.length === 0 ? 0 : Math.max(...above) + 1;
  });
};

/**
 * Lays texts beside vertical lines into lanes, each right of its line. All get their shortest form first, then, the
 * heaviest before the others, the longest for which there is room; null where not even the shortest has any.
 */
export const placeInLanes = (
  requests: readonly TextRequest[],
  mostLanes: number,
  right: number,
): readonly (LanePlace | null)[] => {
  const placed: Standing[] = [];
  const fits = (): boolean => {
    placed.sort((one, other) => one.request.at - other.request.at);
    descend(placed);
    return placed.every(({ lane }) => lane < mostLanes);
  };
  const heaviestFirst = [...requests].sort((one, other) => other.weight - one.weight || one.at - other.at);
  for (const request of heaviestFirst) {
    const one: Standing = { request, choice: request.widths.length - 1, lane: 0 };
    placed.push(one);
    if (!fits()) placed.splice(placed.indexOf(one), 1);
  }
  for (const request of heaviestFirst) {
    const one = placed.find((candidate) => candidate.request === request);
    if (one === undefined) continue;
    const shortest = one.choice;
    one.choice = request.widths.findIndex((width, choice) => {
      one.choice = choice;
      return choice === shortest || (request.at + width <= right && fits());
    });
  }
  fits();
  return requests.map((request) => {
    const one = placed.find((candidate) => candidate.request === request);
    return one === undefined ? null : { lane: one.lane, choice: one.choice };
  });
};

export type SpreadRequest = {
  /** The middle that it would like to have. */
  readonly at: number;
  readonly weight: number;
};

/**
 * Middles for labels in a column, pushed apart to at least `spacing` and kept inside; those that find no room within
 * `reach` of where they belong are left out (null), the lightest first.
 */
export const spreadLabels = (
  requests: readonly SpreadRequest[],
  spacing: number,
  bounds: { readonly top: number; readonly bottom: number },
  reach: number,
): readonly (number | null)[] => {
  const taken: number[] = [];
  const places = new Map<SpreadRequest, number>();
  const free = (middle: number): boolean =>
    middle >= bounds.top &&
    middle <= bounds.bottom &&
    taken.every((other) => Math.abs(other - middle) >= spacing - 1e-6);
  for (const request of [...requests].sort((one, other) => other.weight - one.weight)) {
    const wanted = Math.min(bounds.bottom, Math.max(bounds.top, request.at));
    const candidates = [wanted, ...taken.flatMap((other) => [other - spacing, other + spacing])]
      .filter((middle) => free(middle) && Math.abs(middle - request.at) <= reach)
      .sort((one, other) => Math.abs(one - request.at) - Math.abs(other - request.at));
    const best = candidates[0];
    if (best === undefined) continue;
    taken.push(best);
    places.set(request, best);
  }
  return requests.map((request) => places.get(request) ?? null);
};

export type PointLabelRequest = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly weight: number;
  /** Another left edge to try, beyond something that stands right of the point. */
  readonly beyond?: number;
};

/** Top left of the text's box, or null where it would cover another. */
export type PointLabelPlace = { readonly x: number; readonly y: number } | null;

const POINT_GAP = 6;

/** Labels beside points: above, below, right or left, where they cover no other label and none of the obstacles. */
export const placeBesidePoints = (
  requests: readonly PointLabelRequest[],
  height: number,
  bounds: Box,
  obstacles: readonly Box[],
): readonly PointLabelPlace[] => {
  const taken: Box[] = [...obstacles];
  const places = new Map<PointLabelRequest, PointLabelPlace>();
  for (const request of [...requests].sort((one, other) => other.weight - one.weight || one.x - other.x)) {
    const { x, y, width } = request;
    const candidates = [
      { x: x + POINT_GAP, y: y - height / 2 },
      ...(request.beyond === undefined ? [] : [{ x: request.beyond, y: y - height / 2 }]),
      { x: x - width / 2, y: y - height - POINT_GAP + 1 },
      { x: x - width / 2, y: y + POINT_GAP - 1 },
      { x: x - POINT_GAP - width, y: y - height / 2 },
    ];
    const place = candidates.find((candidate) => {
      const box = { ...candidate, width, height };
      const inside =
        box.x >= bounds.x &&
        box.y >= bounds.y &&
        box.x + width <= bounds.x + bounds.width &&
        box.y + height <= bounds.y + bounds.height;
      return inside && taken.every((other) => !overlaps(box, other));
    });
    if (place === undefined) continue;
    taken.push({ ...place, width, height });
    places.set(request, place);
  }
  return requests.map((request) => places.get(request) ?? null);
};
