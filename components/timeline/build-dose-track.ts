import { isGiven } from "@/lib/domain/record/dose-given";
import type { Action, AnimalHistory, DeviationCode, DoseEvent } from "@/lib/domain/rules/history";
import type { Protocol, StudyAnimal } from "@/lib/domain/study/protocol";
import { knownLate } from "./known-late";
import type { StandingRecord } from "./standing-records";
import type { TimelineClock } from "./timeline-clock";
import type { AxisDays, AxisSpan, DoseTrack, GivenDose, MarkerKind, TimelineMarker } from "./timeline-data";
import { DEVIATION_TAGS, OUTCOME_WORDS } from "@/lib/domain/language/code-words";

const MARKER_KINDS: Readonly<Record<Action, MarkerKind>> = {
  START: "start",
  WITHHOLD: "withhold",
  REMAIN_WITHHELD: "remain",
  RESUME: "resume",
  RESUME_PROPOSED: "propose",
  SET_DOSE: "set-dose",
  DISCONTINUE: "discontinue",
  OFF_STUDY: "off-study",
};

/** Neither changes the dose in force. */
const changesDose = ({ action }: DoseEvent): boolean => action !== "REMAIN_WITHHELD" && action !== "RESUME_PROPOSED";

const endsDosing = ({ action }: DoseEvent): boolean => action === "DISCONTINUE" || action === "OFF_STUDY";

/** When the animal was withheld, from and until; null: still. */
export const holdSpans = (events: readonly DoseEvent[], clock: TimelineClock): readonly AxisSpan[] => {
  const spans: AxisSpan[] = [];
  let from: AxisDays | null = null;
  for (const event of events) {
    if (event.action === "WITHHOLD") from = clock.place(event.at.ms);
    else if (from !== null && (event.action === "RESUME" || endsDosing(event))) {
      spans.push({ from, until: clock.place(event.at.ms) });
      from = null;
    }
  }
  return from === null ? spans : [...spans, { from, until: null }];
};

type DoseInput = {
  readonly animal: StudyAnimal;
  readonly protocols: readonly Protocol[];
  readonly records: readonly StandingRecord[];
  readonly history: AnimalHistory;
  readonly clock: TimelineClock;
  /** Where the axis' knowledge ends. */
  readonly until: AxisDays;
};

const givenDoses = ({ animal, records, history, clock }: DoseInput): readonly GivenDose[] => {
  const codesOf = new Map<string, DeviationCode[]>();
  for (const { entry, code } of history.deviations) codesOf.set(entry, [...(codesOf.get(entry) ?? []), code]);
  return records.flatMap((record) => {
    const { entry } = record;
    if (entry.kind !== "dose") return [];
    const codes = codesOf.get(entry.id) ?? [];
    return [
      {
        at: clock.place(entry.observedAt.ms),
        amount: entry.amount.toNumber(),
        notGiven: !isGiven(animal, entry),
        text: entry.amount.toString(),
        deviations: codes.map((code) => DEVIATION_TAGS[code]),
        fault: codes.some((code) => code !== "EXPOSED_BEFORE_RESULT"),
        known: knownLate(record, clock),
      },
    ];
  });
};

export const buildDoseTrack = (input: DoseInput): DoseTrack => {
  const { animal, protocols, history, clock, until } = input;
  const latest = protocols[protocols.length - 1];
  const end = history.events.find(endsDosing);
  return {
    unit: latest?.doseUnit ?? "",
    control: animal.control,
    levels: (animal.doseLevels ?? latest?.doseLevels ?? []).map((level) => level.toNumber()),
    steps: history.events
      .filter(changesDose)
      .map((event) => ({ at: clock.place(event.at.ms), dose: event.toDose.toNumber() })),
    until: end === undefined ? until : clock.place(end.at.ms),
    given: givenDoses(input),
  };
};

type MarkerTexts = TimelineMarker["texts"];

const changeTexts = (verb: string, to: string, before: string): MarkerTexts =>
  before === to || before === "" ? [`${verb} ${to}`, to] : [`${verb} ${to}, was ${before}`, `${verb} ${to}`, to];

const textsOf = (event: DoseEvent, before: string, unit: string, records: readonly StandingRecord[]): MarkerTexts => {
  const to = event.toDose.toString();
  switch (event.action) {
    case "START":
      return event.toDose.isZero() ? ["start"] : [`start ${to} ${unit}`, `start ${to}`, to];
    case "WITHHOLD":
      return ["withheld"];
    case "REMAIN_WITHHELD":
      return ["still withheld", "still"];
    case "RESUME":
      return changeTexts("resumed", to, before);
    case "RESUME_PROPOSED":
      return [`resume at ${to}?`, `${to}?`];
    case "SET_DOSE":
      return changeTexts("set to", to, before);
    case "DISCONTINUE":
      return ["discontinued", "stopped"];
    case "OFF_STUDY": {
      const outcome = records.find(({ entry }) => entry.id === event.entry)?.entry;
      if (outcome?.kind !== "disposition") return ["off study"];
      const word = OUTCOME_WORDS[outcome.outcome];
      return [`off study, ${word}`, word];
    }
  }
};

const byOrderTexts = ([full, ...shorter]: MarkerTexts): MarkerTexts => [`${full} by order`, full, ...shorter];

/** Every decision and every amendment as a marker, in order. */
export const buildMarkers = ({ protocols, records, history, clock }: DoseInput): readonly TimelineMarker[] => {
  const unit = protocols[0]?.doseUnit ?? "";
  let before = "";
  let dose = 0;
  const decisions = history.events.map((event): TimelineMarker => {
    const texts = textsOf(event, before, unit, records);
    const byOrder = event.rules.includes("DIRECTOR_ORDER");
    const to = event.toDose.toNumber();
    const reduced = (event.action === "RESUME" || event.action === "SET_DOSE") && to < dose;
    if (changesDose(event) && to > 0) {
      before = event.toDose.toString();
      dose = to;
    }
    return {
      at: clock.place(event.at.ms),
      kind: MARKER_KINDS[event.action],
      texts: byOrder ? byOrderTexts(texts) : texts,
      byOrder,
      reduced,
    };
  });
  const amendments = protocols.flatMap(({ version, effectiveFrom }): readonly TimelineMarker[] => {
    if (effectiveFrom === null) return [];
    const texts: MarkerTexts = [`protocol ${String(version)}`, String(version)];
    return [{ at: clock.place(effectiveFrom.ms), kind: "protocol", texts, byOrder: false, reduced: false }];
  });
  return [...decisions, ...amendments].sort((one, other) => one.at - other.at);
};
