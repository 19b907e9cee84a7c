import type { AnimalDocument, EntryDocument, ProtocolDocument } from "./document";
import { compareFractions, fractionOf, minus, NOTHING, type Fraction } from "./fraction";
import {
  baselineOf,
  compareValue,
  firstDoseIndex,
  gradesOf,
  valueOf,
  type Grade,
  type Place,
  type Value,
} from "./grades";
import { millisecondsOf } from "./instants";
import { canHold, cutOffs, discontinues, protocolInForce } from "./settings";
import { standingInOrder, type Standing } from "./standing";

export type OracleEvent = {
  readonly at: string;
  readonly entry: string;
  readonly action: string;
  readonly rules: readonly string[];
  readonly fromDose: Fraction;
  readonly toDose: Fraction;
  readonly toxicities: readonly Grade[];
};

/** The animal as it stands at one place of the order. The oracle changes it in place, entry by entry. */
export type Standpoint = {
  status: string;
  dose: Fraction;
  doseBeforeHold: Fraction;
  heldByOrder: boolean;
  open: string[];
  openedInHold: string[];
};

export type OracleRun = {
  readonly order: readonly Standing[];
  readonly end: Standpoint;
  /** The state just before each entry of the order. */
  readonly before: readonly Standpoint[];
  readonly events: OracleEvent[];
  readonly grades: (Grade & { readonly entry: string })[];
  readonly ungraded: { readonly entry: string; readonly term: string; readonly reason: string }[];
};

const HEMATOLOGIC = ["NEUTROPENIA", "THROMBOCYTOPENIA", "FEBRILE_NEUTROPENIA"];

const levels = (animal: AnimalDocument, protocol: ProtocolDocument): Fraction[] =>
  (animal.doseLevels ?? protocol.doseLevels).map(fractionOf).sort(compareFractions);

/** Where a toxicity lets the animal restart, or null where that would be below the lowest level. */
const restartDose = (place: Place, protocol: ProtocolDocument, term: string, dose: Fraction): Fraction | null => {
  const ladder = levels(place.animal, protocol);
  if (HEMATOLOGIC.includes(term)) return ladder.filter((level) => compareFractions(level, dose) < 0).at(-1) ?? null;
  const reduced = minus(dose, fractionOf(protocol.restartDecrement ?? 1));
  const [lowest] = ladder;
  return lowest !== undefined && compareFractions(reduced, lowest) >= 0 ? reduced : null;
};

const ruleOf = ({ term, grade }: Grade): string =>
  term === "FEBRILE_NEUTROPENIA"
    ? term
    : `${HEMATOLOGIC.includes(term) ? term : "NON_HEMATOLOGIC"}_G${Math.min(grade, 4)}`;

/** The latest value of a measurement up to and with this entry, and when it was taken. */
const latest = (place: Place, field: "neutrophils" | "temperature"): { value: Value; at: number } | null => {
  for (const { entry } of place.order.slice(0, place.index + 1).toReversed()) {
    const value = valueOf(entry, field);
    if (value !== null) return { value, at: millisecondsOf(entry.observedAt ?? "") };
  }
  return null;
};

const febrileGrade = (place: Place, protocol: ProtocolDocument, entry: EntryDocument): number | null => {
  if (valueOf(entry, "neutrophils") === null && valueOf(entry, "temperature") === null) return null;
  const [count, temperature] = [latest(place, "neutrophils"), latest(place, "temperature")];
  const cuts = cutOffs(protocol, "neutrophils", baselineOf(place, "neutrophils"));
  if (count === null || temperature === null || cuts === null) return null;
  if (compareValue(count.value, cuts.grade3Below) >= 0) return null;
  if (compareValue(temperature.value, fractionOf(protocol.feverCelsius ?? 38.5)) < 0) return null;
  const apart = fractionOf(Math.abs(count.at - temperature.at));
  const hour = 3_600_000n;
  const window = fractionOf(protocol.febrileWindowHours ?? 24);
  if (compareFractions(apart, { over: window.over * hour, under: window.under }) > 0) return null;
  return cuts.grade4Below !== null && compareValue(count.value, cuts.grade4Below) < 0 ? 4 : 3;
};

const recovered = (
  place: Place,
  protocol: ProtocolDocument,
  entry: EntryDocument,
  term: string,
  grades: Grade[],
): boolean => {
  if (!HEMATOLOGIC.includes(term)) {
    const graded = grades.find((candidate) => candidate.term === term);
    return graded !== undefined && graded.grade <= (protocol.otherRecoverGrade ?? 2);
  }
  const field = term === "THROMBOCYTOPENIA" ? "platelets" : "neutrophils";
  const value = entry.kind === "cbc" ? valueOf(entry, field) : null;
  const cuts = cutOffs(protocol, field, baselineOf(place, field));
  return value !== null && cuts !== null && compareValue(value, cuts.recoverAt) >= 0;
};

const isSevereSkin = (protocol: ProtocolDocument, entry: EntryDocument): boolean =>
  entry.kind === "observation" &&
  (entry.skin?.exfoliation === true ||
    entry.skin?.bullae === true ||
    (entry.findings ?? []).some(({ term, grade }) => discontinues(protocol, term, grade)));

type Change = { action: string; rules: string[]; toDose: Fraction; toxicities: Grade[] } | null;

/** The four points of the step, for an animal that is on dose or withheld and is no control. */
const judgeClinical = (place: Place, now: Standpoint, entry: EntryDocument, grades: Grade[]): Change => {
  const protocol = protocolInForce(place.protocols, entry);
  const febrile = febrileGrade(place, protocol, entry);
  const seen = febrile === null ? grades : [...grades, { term: "FEBRILE_NEUTROPENIA", grade: febrile }];
  const closed = now.open.filter((term) => recovered(place, protocol, entry, term, grades));
  const opened = seen.filter(({ term, grade }) => grade >= 3 && canHold(protocol, term) && !now.open.includes(term));
  const rules = opened.map(ruleOf);
  const doseBefore = now.status === "WITHHELD" ? now.doseBeforeHold : now.dose;
  const held = now.status === "WITHHELD" ? now.openedInHold : [];
  const openedInHold = [...new Set([...held, ...opened.map(({ term }) => term)])];
  now.open = [...now.open.filter((term) => !closed.includes(term)), ...opened.map(({ term }) => term)];

  const discontinue = (cited: string[]): Change => {
    now.status = "DISCONTINUED";
    now.open = [];
    return { action: "DISCONTINUE", rules: cited, toDose: NOTHING, toxicities: opened };
  };
  if (isSevereSkin(protocol, entry)) return discontinue([...rules, "SEVERE_DERMATOLOGIC"]);
  if (opened.length > 0) {
    if (opened.some(({ term }) => restartDose(place, protocol, term, doseBefore) === null))
      return discontinue([...rules, "LOWEST_LEVEL"]);
    const action = now.status === "WITHHELD" ? "REMAIN_WITHHELD" : "WITHHOLD";
    if (now.status !== "WITHHELD") now.heldByOrder = false;
    now.status = "WITHHELD";
    now.doseBeforeHold = doseBefore;
    now.openedInHold = openedInHold;
    return { action, rules, toDose: NOTHING, toxicities: opened };
  }
  if (now.status !== "WITHHELD" || now.heldByOrder || closed.length === 0 || now.open.length > 0) return null;
  const doses = now.openedInHold.map((term) => restartDose(place, protocol, term, doseBefore));
  const permitted = doses.filter((dose) => dose !== null).sort(compareFractions);
  const [restart] = permitted;
  if (permitted.length < doses.length || restart === undefined) return discontinue(["LOWEST_LEVEL"]);
  if (protocol.resumePolicy === "on-order")
    return { action: "RESUME_PROPOSED", rules: ["RECOVERED"], toDose: restart, toxicities: [] };
  now.status = "ON_DOSE";
  now.dose = restart;
  return { action: "RESUME", rules: ["RECOVERED"], toDose: restart, toxicities: [] };
};

const follow = (now: Standpoint, status: string, action: string, rule: string, toDose: Fraction): Change => {
  now.status = status;
  now.dose = toDose;
  now.open = [];
  return { action, rules: [rule], toDose, toxicities: [] };
};

const obeyOrder = (now: Standpoint, entry: EntryDocument): Change => {
  const rule = "DIRECTOR_ORDER";
  const [onDose, withheld] = [now.status === "ON_DOSE", now.status === "WITHHELD"];
  if ((entry.action === "RESUME" && withheld) || (entry.action === "SET_DOSE" && onDose))
    return follow(now, "ON_DOSE", entry.action, rule, fractionOf(entry.dose ?? 0));
  if (entry.action === "DISCONTINUE" && (onDose || withheld))
    return follow(now, "DISCONTINUED", "DISCONTINUE", rule, NOTHING);
  if (entry.action === "WITHHOLD" && withheld) now.heldByOrder = true;
  if (entry.action !== "WITHHOLD" || !onDose) return null;
  now.doseBeforeHold = now.dose;
  now.openedInHold = [];
  now.heldByOrder = true;
  return follow(now, "WITHHELD", "WITHHOLD", rule, NOTHING);
};

const judge = (place: Place, now: Standpoint, entry: EntryDocument, grades: Grade[]): Change => {
  if (entry.kind === "disposition")
    return now.status === "OFF_STUDY" ? null : follow(now, "OFF_STUDY", "OFF_STUDY", "DISPOSITION", NOTHING);
  if (entry.kind === "order") return obeyOrder(now, entry);
  if (entry.kind === "dose")
    return place.index === firstDoseIndex(place.animal, place.order) && now.status === "NOT_STARTED"
      ? follow(now, "ON_DOSE", "START", "START", fractionOf(place.animal.startingDose))
      : null;
  const treated = now.status === "ON_DOSE" || now.status === "WITHHELD";
  return treated && place.animal.control !== true ? judgeClinical(place, now, entry, grades) : null;
};

const alphabetical = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Replays a log from its beginning, looking back over all of it for every entry. */
export const run = (
  protocols: readonly ProtocolDocument[],
  animal: AnimalDocument,
  log: readonly EntryDocument[],
): OracleRun => {
  const order = standingInOrder(log);
  const end: Standpoint = {
    status: "NOT_STARTED",
    dose: NOTHING,
    doseBeforeHold: NOTHING,
    heldByOrder: false,
    open: [],
    openedInHold: [],
  };
  const result: OracleRun & { before: Standpoint[] } = { order, end, before: [], events: [], grades: [], ungraded: [] };
  for (const [index, { entry }] of order.entries()) {
    const place = { protocols, animal, order, index };
    result.before.push({ ...end });
    const { grades, ungraded } = gradesOf(place, entry);
    result.grades.push(...grades.map((grade) => ({ entry: entry.id, ...grade })));
    result.ungraded.push(...ungraded.map((one) => ({ entry: entry.id, ...one })));
    const fromDose = end.status === "ON_DOSE" ? end.dose : NOTHING;
    const change = judge(place, end, entry, grades);
    if (change === null) continue;
    if (end.status !== "ON_DOSE") end.dose = NOTHING;
    result.events.push({
      at: entry.observedAt ?? "",
      entry: entry.id,
      action: change.action,
      rules: [...new Set(change.rules)].sort(alphabetical),
      fromDose,
      toDose: change.toDose,
      toxicities: [...change.toxicities].sort((a, b) => alphabetical(a.term, b.term)),
    });
  }
  end.open.sort(alphabetical);
  return result;
};
