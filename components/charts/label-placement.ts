/** A rectangle in the drawing, for keeping texts off each other. */
export type Box = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export const overlaps = (one: Box, other: Box): boolean =>
  one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;

export type LaneRequest = {
  /** Where the thing is that the text belongs to. */
  readonly at: number;
  /** Widths of what may be written, best first: the whole sentence, a word, only its glyph. */
  readonly widths: readonly number[];
  /** The higher, the earlier it chooses its place. */
  readonly weight: number;
};

export type LanePlace = {
  readonly lane: number;
  /** Which of the widths was taken. */
  readonly choice: number;
  /** Left edge of the text. */
  readonly x: number;
  /** The text is left of its place, as there was no room on the right. */
  readonly flipped: boolean;
};

type Span = { readonly from: number; readonly to: number };

const GAP = 6;

const fits = (lane: readonly Span[], span: Span): boolean =>
  lane.every((taken) => span.to + GAP <= taken.from || taken.to + GAP <= span.from);

/**
 * Lays texts beside vertical markers into a few lanes: each to the right of its marker, else left of it, in the first
 * lane with room, in full where that fits, shortened where it does not, and null where not even the shortest has room.
 */
export const placeInLanes = (
  requests: readonly LaneRequest[],
  lanes: number,
  bounds: { readonly left: number; readonly right: number },
): readonly (LanePlace | null)[] => {
  const taken: Span[][] = Array.from({ length: lanes }, () => []);
  const places = new Map<LaneRequest, LanePlace>();
  const tryPlace = (request: LaneRequest, choice: number, width: number): boolean => {
    const candidates = [
      { x: request.at, flipped: false },
      { x: request.at - width, flipped: true },
    ].filter(({ x }) => x >= bounds.left && x + width <= bounds.right);
    for (const [lane, spans] of taken.entries()) {
      for (const { x, flipped } of candidates) {
        const span = { from: x, to: x + width };
        if (!fits(spans, span)) continue;
        spans.push(span);
        places.set(request, { lane, choice, x, flipped });
        return true;
      }
    }
    return false;
  };
  const inTurn = [...requests].sort((one, other) => other.weight - one.weight || one.at - other.at);
  for (const request of inTurn) request.widths.some((width, choice) => tryPlace(request, choice, width));
  return requests.map((request) => places.get(request) ?? null);
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
    middle >= bounds.top && middle <= bounds.bottom && taken.every((other) => Math.abs(other - middle) >= spacing - 1e-6);
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
      { x: x - width / 2, y: y - height - POINT_GAP + 1 },
      { x: x - width / 2, y: y + POINT_GAP - 1 },
      { x: x - POINT_GAP - width, y: y - height / 2 },
    ];
    const place = candidates.find((candidate) => {
      const box = { ...candidate, width, height };
      const inside =
        box.x >= bounds.x && box.y >= bounds.y && box.x + width <= bounds.x + bounds.width && box.y + height <= bounds.y + bounds.height;
      return inside && taken.every((other) => !overlaps(box, other));
    });
    if (place === undefined) continue;
    taken.push({ ...place, width, height });
    places.set(request, place);
  }
  return requests.map((request) => places.get(request) ?? null);
};
