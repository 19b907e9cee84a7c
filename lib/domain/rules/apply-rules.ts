import { ZERO } from "../decimal";
import { compareCodePoints } from "../record/code-points";
import { isDermatologic, judgeFebrileRow } from "./condition-rows";
import { end, eventOf } from "./dose-event";
import { judgeGrades, type Shown } from "./grade-rows";
import type { DoseEvent, GradedTerm } from "./history";
import { recordRule, type Recorder } from "./recorder";
import { hasRecovered, recordHold } from "./recovery";
import { restartDose, restartDoseOfHold } from "./restart-dose";
import type { Scene } from "./scene";
import type { RuleRow } from "./sets/rule-set";
import type { AnimalState, Hold, OpenToxicity } from "./state";

type Outcome = { readonly state: AnimalState; readonly event: DoseEvent | null };

const byTerm = (left: GradedTerm, right: GradedTerm): number => compareCodePoints(left.term, right.term);

const shownToxicities = (scene: Scene, recorder: Recorder | null): readonly Shown[] => {
  const shown = judgeGrades(scene, recorder);
  const { febrile } = scene.rules;
  const found = febrile === null ? null : judgeFebrileRow(febrile, scene, recorder);
  if (found !== null) shown.push(found);
  return shown;
};

type Change = {
  readonly open: readonly OpenToxicity[];
  readonly opened: readonly Shown[];
  readonly closedAny: boolean;
};

/** Opens, raises and closes toxicities by what one entry shows. */
const changeToxicities = (scene: Scene, shown: readonly Shown[], recorder: Recorder | null): Change => {
  const { state, entry } = scene;
  const open: OpenToxicity[] = [];
  let closedAny = false;
  for (const toxicity of state.open) {
    const now = shown.find(({ term }) => term === toxicity.term);
    if (now !== undefined) open.push(now.grade > toxicity.grade ? { ...toxicity, grade: now.grade } : toxicity);
    else if (hasRecovered(toxicity, scene, recorder)) closedAny = true;
    else open.push(toxicity);
  }
  const opened = shown.filter(({ term }) => !state.open.some((toxicity) => toxicity.term === term)).sort(byTerm);
  for (const { term, grade } of opened) open.push({ term, grade, entry: entry.id });
  return { open: open.sort(byTerm), opened, closedAny };
};

/** Every toxicity of the hold at its worst grade. */
const withWorst = (opened: Hold["opened"], open: readonly GradedTerm[]): Hold["opened"] => {
  const worst = new Map(opened.map((toxicity) => [toxicity.term, toxicity]));
  for (const { term, grade } of open) {
    if (grade > (worst.get(term)?.grade ?? -1)) worst.set(term, { term, grade });
  }
  return [...worst.values()].sort(byTerm);
};

const discontinue = ({ entry, state }: Scene, rows: readonly RuleRow[], opened: readonly Shown[] = []): Outcome => ({
  state: end(state, "DISCONTINUED"),
  event: eventOf(entry, state, {
    action: "DISCONTINUE",
    rules: rows.map(({ rule }) => rule),
    toDose: ZERO,
    toxicities: opened.map(({ term, grade }) => ({ term, grade })),
  }),
});

/** Something opened, or a sign was seen that is enough. */
const hold = (scene: Scene, rows: readonly RuleRow[], { open, opened }: Change): Outcome => {
  const { animal, protocol, rules, state, entry } = scene;
  const before: Hold = state.hold ?? { doseBefore: state.dose, byOrder: false, opened: [] };
  const isPermitted = opened.every(({ row }) => restartDose(row, before.doseBefore, animal, protocol) !== null);
  const noRestart = isPermitted ? null : rules.noRestart;
  const cited = noRestart === null ? rows : [...rows, noRestart];
  if (noRestart?.action === "DISCONTINUE") return discontinue(scene, cited, opened);
  const isEndless = cited.some(({ when }) => when.kind === "severe-dermatologic" || when.kind === "no-restart-dose");
  return {
    state: {
      ...state,
      status: "WITHHELD",
      dose: ZERO,
      open,
      hold: { ...before, byOrder: before.byOrder || isEndless, opened: withWorst(before.opened, open) },
    },
    event: eventOf(entry, state, {
      action: state.status === "ON_DOSE" ? "WITHHOLD" : "REMAIN_WITHHELD",
      rules: cited.map(({ rule }) => rule),
      toDose: ZERO,
      toxicities: opened.map(({ term, grade }) => ({ term, grade })),
    }),
  };
};

/** Nothing opened: the hold ends where its last toxicity closed. */
const resume = (scene: Scene, { open, closedAny }: Change): Outcome => {
  const { animal, protocol, rules, state, entry } = scene;
  if (state.hold === null) return { state, event: null };
  const held: Hold = { ...state.hold, opened: withWorst(state.hold.opened, open) };
  const next: AnimalState = { ...state, open, hold: held };
  if (held.byOrder || !closedAny || open.length > 0) return { state: next, event: null };
  const toDose = restartDoseOfHold(held, rules, animal, protocol);
  if (toDose === null) {
    const { noRestart } = rules;
    return noRestart?.action === "DISCONTINUE" ? discontinue(scene, [noRestart]) : { state: next, event: null };
  }
  if (protocol.resumePolicy === "on-order") {
    const parts = { action: "RESUME_PROPOSED", rules: ["RECOVERED"], toDose } as const;
    return { state: next, event: eventOf(entry, state, parts) };
  }
  return {
    state: { ...next, status: "ON_DOSE", dose: toDose, hold: null },
    event: eventOf(entry, state, { action: "RESUME", rules: ["RECOVERED"], toDose }),
  };
};

const recordOutcome = (scene: Scene, { open }: Change, { state, event }: Outcome, recorder: Recorder): void => {
  const { noRestart } = scene.rules;
  if (noRestart !== null) {
    const verdict = event?.rules.includes(noRestart.rule) === true ? "MET" : "NOT_MET";
    recordRule(recorder, scene, { row: noRestart, term: null, grade: null, verdict, conditions: [] });
  }
  const of = state.hold ?? scene.state.hold;
  if (of !== null) recordHold(of, new Set(open.map(({ term }) => term)), scene, recorder);
};

/** Judges a clinical entry of an animal on study drug by the decision table (dose-rules, section 4, "The step"). */
export const applyRules = (scene: Scene, recorder: Recorder | null): Outcome => {
  const { state, rules } = scene;
  const shown = shownToxicities(scene, recorder);
  const { dermatologic } = rules;
  const seen = dermatologic !== null && isDermatologic(dermatologic, scene, recorder) ? dermatologic : null;
  if (shown.length === 0 && seen === null && state.open.length === 0) return { state, event: null };
  const change = changeToxicities(scene, shown, recorder);
  const rows: readonly RuleRow[] = [...change.opened.map(({ row }) => row), ...(seen === null ? [] : [seen])];
  const outcome =
    rows.length === 0
      ? resume(scene, change)
      : rows.some(({ action }) => action === "DISCONTINUE")
        ? discontinue(scene, rows, change.opened)
        : hold(scene, rows, change);
  if (recorder !== null) recordOutcome(scene, change, outcome, recorder);
  return outcome;
};
