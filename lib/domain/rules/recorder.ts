import type { ConditionVerdict, RecoveryVerdict, RuleVerdict, Verdict } from "./explanation";
import type { Scene } from "./scene";
import type { RuleRow } from "./sets/rule-set";

/** Takes down what a judgement finds, where it is to be explained. A replay has none, and states nothing. */
export type Recorder = {
  readonly rules: RuleVerdict[];
  /** By term. */
  readonly recovery: Map<string, RecoveryVerdict>;
};

type JudgedRow = {
  readonly row: RuleRow;
  readonly term: string | null;
  readonly grade: number | null;
  readonly verdict: Verdict;
  readonly conditions: readonly ConditionVerdict[];
};

export const recordRule = (
  recorder: Recorder,
  { state }: Scene,
  { row: { rule, source }, term, grade, verdict, conditions }: JudgedRow,
): void => {
  const openSince = verdict === "MET" ? (state.open.find((toxicity) => toxicity.term === term)?.entry ?? null) : null;
  const opens = verdict === "MET" && openSince === null;
  recorder.rules.push({ rule, term, source, verdict, grade: opens ? grade : null, conditions, openSince });
};
