import type { GivenDose } from "./timeline-data";

/** Doses given so close together that their ticks would run into one another: drawn as one bar. */
export type GivenRun = { readonly from: number; readonly until: number };

export type GivenMarks = {
  readonly ticks: readonly number[];
  readonly runs: readonly GivenRun[];
  /** Recorded as not given. */
  readonly notGiven: readonly number[];
  readonly deviating: readonly { readonly x: number; readonly fault: boolean }[];
  /** One label for doses in a row that deviate alike. */
  readonly labels: readonly {
    readonly x: number;
    readonly text: string;
    readonly fault: boolean;
    readonly count: number;
  }[];
};

const CLOSEST_TICKS = 3;

type Ordinary = Pick<GivenMarks, "ticks" | "runs">;

const joined = (places: readonly number[]): Ordinary => {
  const ticks: number[] = [];
  const runs: GivenRun[] = [];
  let from = 0;
  places.forEach((place, index) => {
    const next = places[index + 1];
    if (next !== undefined && next - place < CLOSEST_TICKS) return;
    const first = places[from] ?? place;
    if (first === place) ticks.push(place);
    else runs.push({ from: first, until: place });
    from = index + 1;
  });
  return { ticks, runs };
};

const labelsOf = (doses: readonly GivenDose[], x: (at: number) => number): GivenMarks["labels"] => {
  const labels: { x: number; text: string; words: string; fault: boolean; count: number }[] = [];
  let previous = "";
  for (const { at, deviations, fault } of doses) {
    const words = deviations.join(", ");
    const last = labels[labels.length - 1];
    if (words !== "" && words === previous && last !== undefined) {
      last.count += 1;
      last.text = `${words} ×${String(last.count)}`;
    } else if (words !== "") labels.push({ x: x(at), text: words, words, fault, count: 1 });
    previous = words;
  }
  return labels.map(({ x: place, text, fault, count }) => ({ x: place, text, fault, count }));
};

/** What is drawn for the doses given: a tick each, bars where there are too many, and words for those that deviate. */
export const givenMarks = (doses: readonly GivenDose[], x: (at: number) => number): GivenMarks => {
  const ordinary = doses.filter(({ deviations, notGiven }) => deviations.length === 0 && !notGiven);
  return {
    ...joined(ordinary.map(({ at }) => x(at))),
    notGiven: doses.filter((dose) => dose.notGiven).map(({ at }) => x(at)),
    deviating: doses.filter(({ deviations }) => deviations.length > 0).map(({ at, fault }) => ({ x: x(at), fault })),
    labels: labelsOf(doses, x),
  };
};
