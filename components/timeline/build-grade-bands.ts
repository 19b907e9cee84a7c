import type { Decimal } from "@/lib/domain/decimal";
import type { Baseline } from "@/lib/domain/grading/baseline";
import { type CountEdges, type Edges, edgesFor, type RisingEdges, type WeightEdges } from "@/lib/domain/grading/edges";
import type { Protocol } from "@/lib/domain/study/protocol";
import type { TimelineClock } from "./timeline-clock";
import type { AxisDays, GradeBand, PanelKey, ReferenceLine } from "./timeline-data";

type Level = { readonly grade: number; readonly low: number | null; readonly high: number | null };

const room = ({ low, high }: Level): boolean => low === null || high === null || low < high;

const numberOf = (value: Decimal | null): number | null => value?.toNumber() ?? null;

const countLevels = (edges: CountEdges): readonly Level[] => {
  const grade3 = edges.grade3Below.toNumber();
  const grade4 = numberOf(edges.grade4Below);
  const grade2 = numberOf(edges.grade2Below);
  const grade1 = numberOf(edges.grade1Below);
  const levels: Level[] = [{ grade: 3, low: grade4, high: grade3 }];
  if (grade4 !== null) levels.push({ grade: 4, low: null, high: grade4 });
  if (grade2 !== null) levels.push({ grade: 2, low: grade3, high: grade2 });
  if (grade1 !== null) levels.push({ grade: 1, low: grade2 ?? grade3, high: grade1 });
  return levels.filter(room);
};

const liverLevels = (edges: RisingEdges): readonly Level[] => {
  const [grade2, grade3, grade4] = edges.above.map((edge) => edge.toNumber());
  if (grade2 === undefined || grade3 === undefined || grade4 === undefined) return [];
  const levels: readonly Level[] = [
    { grade: 1, low: edges.grade1.edge.toNumber(), high: grade2 },
    { grade: 2, low: grade2, high: grade3 },
    { grade: 3, low: grade3, high: grade4 },
    { grade: 4, low: grade4, high: null },
  ];
  return levels.filter(room);
};

/** In per cent of the baseline. */
const weightLevels = (edges: WeightEdges, baseline: Baseline | null): readonly Level[] => {
  const own = baseline?.values.weight?.value;
  if (own === undefined || own.isZero()) return [];
  const [grade1, grade2, grade3] = edges.map((edge) => edge.times(100).div(own).toNumber());
  if (grade1 === undefined || grade2 === undefined || grade3 === undefined) return [];
  return [
    { grade: 1, low: grade2, high: grade1 },
    { grade: 2, low: grade3, high: grade2 },
    { grade: 3, low: null, high: grade3 },
  ];
};

const levelsOf = (key: PanelKey, edges: Edges, baseline: Baseline | null): readonly Level[] => {
  if (key === "temperature") return [];
  const own = edges[key];
  if (typeof own === "string") return [];
  if ("grade3Below" in own) return countLevels(own);
  return "grade1" in own ? liverLevels(own) : weightLevels(own, baseline);
};

type Line = { readonly value: number; readonly text: string };

const linesOf = (key: PanelKey, protocol: Protocol): readonly Line[] => {
  if (key === "weight") return [];
  if (key === "temperature") {
    const text = protocol.feverCelsius.toString();
    return [{ value: protocol.feverCelsius.toNumber(), text: `fever ${text}` }];
  }
  const { lower, upper } = protocol.referenceRanges[key];
  const lines: Line[] = [];
  if (lower !== null) lines.push({ value: lower.toNumber(), text: `LLN ${lower.toString()}` });
  if (upper !== null) lines.push({ value: upper.toNumber(), text: `ULN ${upper.toString()}` });
  return lines;
};

type Period = {
  readonly from: AxisDays | null;
  readonly until: AxisDays | null;
  readonly levels: readonly Level[];
  readonly lines: readonly Line[];
};

const sameContent = (one: Period, other: Period): boolean =>
  JSON.stringify([one.levels, one.lines]) === JSON.stringify([other.levels, other.lines]);

/** Neighbouring periods in which the same holds become one. */
const merged = (periods: readonly Period[]): readonly Period[] =>
  periods.reduce<readonly Period[]>((list, period) => {
    const last = list[list.length - 1];
    if (last === undefined || !sameContent(last, period)) return [...list, period];
    return [...list.slice(0, -1), { ...last, until: period.until }];
  }, []);

export type GradingContext = {
  readonly protocols: readonly Protocol[];
  /** Settled at the first dose; null before it. */
  readonly baseline: Baseline | null;
  readonly firstDoseMs: number | null;
  readonly clock: TimelineClock;
};

type Stretch = { readonly fromMs: number; readonly protocol: Protocol; readonly baseline: Baseline | null };

/** From when on which protocol and baseline judge a value: they change with an amendment and with the first dose. */
const stretches = ({ protocols, baseline, firstDoseMs }: GradingContext): readonly Stretch[] => {
  const starts = new Set([
    -Infinity,
    ...protocols.flatMap(({ effectiveFrom }) => effectiveFrom?.ms ?? []),
    firstDoseMs ?? -Infinity,
  ]);
  return [...starts]
    .sort((one, other) => one - other)
    .flatMap((fromMs) => {
      const protocol = protocols.findLast(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom.ms <= fromMs);
      const dosed = firstDoseMs !== null && fromMs >= firstDoseMs;
      return protocol === undefined ? [] : [{ fromMs, protocol, baseline: dosed ? baseline : null }];
    });
};

/** The grade bands and reference lines of one measurement, each for as long as it holds. */
export const buildBands = (
  key: PanelKey,
  context: GradingContext,
): { readonly bands: readonly GradeBand[]; readonly references: readonly ReferenceLine[] } => {
  const all = stretches(context);
  const place = (ms: number | undefined): AxisDays | null =>
    ms === undefined || ms === -Infinity ? null : context.clock.place(ms);
  const periods = merged(
    all.map(({ fromMs, protocol, baseline }, index) => ({
      from: place(fromMs),
      until: place(all[index + 1]?.fromMs),
      levels: levelsOf(key, edgesFor(protocol, baseline), baseline),
      lines: linesOf(key, protocol),
    })),
  );
  return {
    bands: periods.flatMap(({ from, until, levels }) => levels.map((level) => ({ ...level, from, until }))),
    references: periods.flatMap(({ from, until, lines }) => lines.map((line) => ({ ...line, from, until }))),
  };
};
