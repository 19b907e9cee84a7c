/**
 * All that one animal's dose timeline draws, in plain numbers and words. Times are days on an axis of dates: day 1 runs
 * from 0 to 1 and day −1 from −1 to 0; of an animal without a first dose, 0 is the start of its first date.
 */
export type AxisDays = number;

export type TimelineDate = { readonly dayMonth: string; readonly year: number };

export type TimelineAxis = {
  /** Whole days; `until` is where the last one ends. */
  readonly from: AxisDays;
  readonly until: AxisDays;
  /** False before a first dose, when there are dates but no study days. */
  readonly started: boolean;
  /** The date of each day from `from` on. */
  readonly dates: readonly TimelineDate[];
};

/** A span of the axis; null: from its beginning, to its end. */
export type AxisSpan = { readonly from: AxisDays | null; readonly until: AxisDays | null };

/** When something became known that was learnt late, and how late: "3 d". */
export type KnownLate = { readonly at: AxisDays; readonly late: string };

export type GivenDose = {
  readonly at: AxisDays;
  /** In the dose unit; 0: not given, or vehicle. */
  readonly amount: number;
  readonly notGiven: boolean;
  readonly text: string;
  /** What was not as it should be, in words. */
  readonly deviations: readonly string[];
  /** Whether one of them is a fault rather than exposure before a result was known. */
  readonly fault: boolean;
  readonly known: KnownLate | null;
};

export type DoseTrack = {
  readonly unit: string;
  readonly control: boolean;
  /** The animal's ladder, from high to low. */
  readonly levels: readonly number[];
  /** The dose in force from each point on, in order; 0 while nothing may be given. */
  readonly steps: readonly { readonly at: AxisDays; readonly dose: number }[];
  /** Where the dose line ends: now, the last entry, or the end of dosing. */
  readonly until: AxisDays;
  readonly given: readonly GivenDose[];
};

export type MarkerKind =
  "start" | "withhold" | "remain" | "resume" | "propose" | "set-dose" | "discontinue" | "off-study" | "protocol";

/** Something that happened to the dose, with its words: in full first, then ever shorter. */
export type TimelineMarker = {
  readonly at: AxisDays;
  readonly kind: MarkerKind;
  readonly texts: readonly [full: string, ...shorter: string[]];
  /** Decided by a person rather than by a rule. */
  readonly byOrder: boolean;
  /** The dose is lower than before: a reduction. */
  readonly reduced: boolean;
};

export type PanelKey = "neutrophils" | "platelets" | "alt" | "ast" | "bilirubin" | "weight" | "temperature";

export type MeasuredPoint = {
  readonly at: AxisDays;
  readonly value: number;
  readonly qualifier: "<" | ">" | null;
  /** As it is shown, without its unit. */
  readonly text: string;
  /** Beside it in the readout: the weight behind a percentage. */
  readonly detail: string | null;
  readonly grade: number | null;
  /** When it became known, and how late that was, where it was late. */
  readonly known: KnownLate | null;
  /** What stood here before corrections, oldest first. */
  readonly formerly: readonly { readonly value: number; readonly text: string }[];
};

export type GradeBand = AxisSpan & {
  readonly grade: number;
  /** Null: no end on that side. */
  readonly low: number | null;
  readonly high: number | null;
};

export type ReferenceLine = AxisSpan & { readonly value: number; readonly text: string };

export type GroupRange = { readonly at: AxisDays; readonly low: number; readonly high: number };

export type ValuePanel = {
  readonly key: PanelKey;
  readonly name: string;
  readonly unit: string;
  readonly scale: "linear" | "log";
  readonly points: readonly MeasuredPoint[];
  readonly bands: readonly GradeBand[];
  readonly references: readonly ReferenceLine[];
  readonly baseline: { readonly value: number; readonly text: string } | null;
  readonly groupRange: readonly GroupRange[];
  /** Samples taken without this value: not reported, clotted, lost. */
  readonly missingAt: readonly AxisDays[];
};

export type FindingDot = {
  readonly at: AxisDays;
  /** Null: recorded without a grade. */
  readonly grade: number | null;
  readonly text: string;
  readonly known: KnownLate | null;
};

/** One finding or sign over time. */
export type FindingRow = { readonly name: string; readonly dots: readonly FindingDot[] };

export type TimelineData = {
  /** The animal's tag. */
  readonly animal: string;
  /** What the drawing shows, in a sentence, for those who do not see it. */
  readonly description: string;
  readonly axis: TimelineAxis;
  readonly dose: DoseTrack;
  readonly holds: readonly AxisSpan[];
  readonly markers: readonly TimelineMarker[];
  readonly panels: readonly ValuePanel[];
  readonly findings: readonly FindingRow[];
  /** Today, or the instant whose knowledge is shown; null where that is beyond the axis. */
  readonly now: { readonly at: AxisDays; readonly text: string } | null;
};
