import { isAtLeast } from "../grading/compare";
import { toxicityRow } from "./compile-rules";
import type { ConditionVerdict, RecoveryVerdict, Verdict } from "./explanation";
import { countCutOff } from "./grade-rows";
import type { GradedTerm } from "./history";
import type { Recorder } from "./recorder";
import { restartDose } from "./restart-dose";
import { countOf, type Scene } from "./scene";
import type { Hold } from "./state";
import { givenIn, statedComparison, statedGrade } from "./stated-values";
import { verdictOf } from "./verdicts";

type Judged = { readonly verdict: Verdict; readonly condition: ConditionVerdict | null };

/** Whether this entry shows that a toxicity has recovered, by its row of the table. Not evaluable is not recovered. */
const judgeRecovery = ({ term, grade }: GradedTerm, scene: Scene, isStated: boolean): Judged => {
  const { rules, entry, edges, protocol, grades } = scene;
  const row = toxicityRow(rules, term, grade);
  if (row === null || row.action === "DISCONTINUE") return { verdict: "NOT_MET", condition: null };
  const { recovered } = row;
  switch (recovered.kind) {
    case "count": {
      const { measurement, atLeast } = recovered;
      const count = countOf(entry, measurement);
      const cutOffs = edges[measurement];
      const verdict =
        count === null || typeof cutOffs === "string" ? "NOT_EVALUABLE" : verdictOf(isAtLeast(count, cutOffs[atLeast]));
      if (!isStated) return { verdict, condition: null };
      const cutOff = countCutOff(measurement, atLeast, scene) ?? "NO_BASELINE";
      const compared = { subject: measurement, given: givenIn(count, scene), comparison: "atLeast", cutOff } as const;
      return { verdict, condition: statedComparison(scene, verdict, compared) };
    }
    case "grade": {
      const { atMost } = recovered;
      const now = grades.find((graded) => graded.term === term)?.grade ?? null;
      const verdict = now === null ? "NOT_EVALUABLE" : verdictOf(now <= protocol[atMost]);
      if (!isStated) return { verdict, condition: null };
      const origin = { kind: "setting", setting: atMost, percentOfBaseline: null } as const;
      return { verdict, condition: statedGrade(scene, verdict, term, now, "atMost", protocol[atMost], origin) };
    }
    case "never":
      return { verdict: "NOT_MET", condition: null };
  }
};

type RecordedRecovery = Pick<RecoveryVerdict, "closed"> & Judged;

const record = (
  toxicity: GradedTerm,
  scene: Scene,
  recorder: Recorder,
  doseBefore: Hold["doseBefore"],
  { closed, verdict, condition }: RecordedRecovery,
): void => {
  const row = toxicityRow(scene.rules, toxicity.term, toxicity.grade);
  const dose = row === null ? null : restartDose(row, doseBefore, scene.animal, scene.protocol);
  recorder.recovery.set(toxicity.term, {
    term: toxicity.term,
    closed,
    verdict,
    condition,
    restartDose: dose?.toFixed() ?? null,
  });
};

/** Whether this entry ends an open toxicity. No news is not recovery. */
export const hasRecovered = (toxicity: GradedTerm, scene: Scene, recorder: Recorder | null): boolean => {
  const judged = judgeRecovery(toxicity, scene, recorder !== null);
  const isClosed = judged.verdict === "MET";
  const doseBefore = scene.state.hold?.doseBefore ?? scene.state.dose;
  if (recorder !== null) record(toxicity, scene, recorder, doseBefore, { closed: isClosed ? "NOW" : null, ...judged });
  return isClosed;
};

/** Takes down the toxicities of a hold that the step did not ask about: those that it opened, and those closed before. */
export const recordHold = (hold: Hold, open: ReadonlySet<string>, scene: Scene, recorder: Recorder): void => {
  for (const toxicity of hold.opened) {
    if (recorder.recovery.has(toxicity.term)) continue;
    const found: RecordedRecovery = open.has(toxicity.term)
      ? { closed: null, ...judgeRecovery(toxicity, scene, true) }
      : { closed: "EARLIER", verdict: "MET", condition: null };
    record(toxicity, scene, recorder, hold.doseBefore, found);
  }
};
