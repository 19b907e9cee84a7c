import { Glyph, type GlyphName } from "@/components/ui/glyph";
import type {
  ConditionVerdict,
  Explanation,
  RecoveryVerdict,
  RuleVerdict,
  Verdict,
} from "@/lib/domain/rules/explanation";
import {
  conditionWords,
  missingByWhat,
  recoveryTitle,
  ruleTitle,
  SOURCE_WORDS,
} from "@/lib/domain/language/explanation-words";

/** How an entry is called, and where on the page it stands. */
export type EntryReference = { readonly label: string; readonly href: string };

type ExplanationViewProps = {
  readonly explanation: Explanation;
  readonly referenceOf: (entry: string) => EntryReference | null;
};

const VERDICTS: Readonly<Record<Verdict, { readonly glyph: GlyphName; readonly word: string; readonly ink: string }>> =
  {
    MET: { glyph: "check", word: "met", ink: "text-accent-strong" },
    NOT_MET: { glyph: "cross", word: "not met", ink: "text-ink-faint" },
    NOT_EVALUABLE: { glyph: "ring", word: "not evaluable", ink: "text-waiting" },
  };

const VerdictMark = ({ verdict }: { readonly verdict: Verdict }) => {
  const { glyph, word, ink } = VERDICTS[verdict];
  return (
    <>
      <Glyph name={glyph} className={`mt-[0.28em] text-[0.8em] ${ink}`} />
      <span className="sr-only">{word}: </span>
    </>
  );
};

const Condition = ({
  condition,
  referenceOf,
}: { readonly condition: ConditionVerdict } & Pick<ExplanationViewProps, "referenceOf">) => {
  const { measured, comparison, origin, entry } = conditionWords(condition);
  const reference = entry === null ? null : referenceOf(entry);
  return (
    <li className="flex gap-2">
      <VerdictMark verdict={condition.verdict} />
      <span className="min-w-0">
        <span className="text-ink">{measured}</span>{" "}
        <span className={condition.verdict === "MET" ? "font-medium text-ink" : ""}>{comparison}</span>
        {origin === null ? null : <span className="block text-xs text-ink-faint">{origin}</span>}
        {reference === null ? null : (
          <a href={reference.href} className="block text-xs text-accent-strong underline-offset-2 hover:underline">
            {reference.label}
          </a>
        )}
      </span>
    </li>
  );
};

const Rule = ({ rule, referenceOf }: { readonly rule: RuleVerdict } & Pick<ExplanationViewProps, "referenceOf">) => (
  <li className="keep-together">
    <p className="font-semibold">
      {ruleTitle(rule)}
      {rule.openSince === null ? null : <span className="font-normal text-ink-soft"> · already open</span>}
    </p>
    <p className="text-xs text-ink-faint">{SOURCE_WORDS[rule.source]}</p>
    {rule.conditions.length === 0 ? null : (
      <ul className="mt-1 space-y-1">
        {rule.conditions.map((condition, index) => (
          <Condition key={index} condition={condition} referenceOf={referenceOf} />
        ))}
      </ul>
    )}
  </li>
);

const Recovery = ({
  recovery,
  doseUnit,
  referenceOf,
}: { readonly recovery: RecoveryVerdict; readonly doseUnit: string } & Pick<ExplanationViewProps, "referenceOf">) => (
  <li className="keep-together">
    <p className="font-semibold">{recoveryTitle(recovery)}</p>
    <p className="text-xs text-ink-faint">
      {recovery.restartDose === null ? "Below lowest dose level" : `Restart dose ${recovery.restartDose} ${doseUnit}`}
    </p>
    {recovery.condition === null ? null : (
      <ul className="mt-1 space-y-1">
        <Condition condition={recovery.condition} referenceOf={referenceOf} />
      </ul>
    )}
  </li>
);

const NotMet = ({ rules }: { readonly rules: readonly RuleVerdict[] }) =>
  rules.length === 0 ? null : (
    <div>
      <h3 className="text-xs font-medium text-ink-soft">Not met · {rules.length}</h3>
      <ul className="mt-1 space-y-1 text-sm text-ink-soft">
        {rules.map((rule) => {
          const why = rule.conditions
            .filter(({ verdict }) => verdict === "NOT_MET")
            .map((condition) => {
              const { measured, comparison } = conditionWords(condition);
              return `${measured} ${comparison}`;
            });
          return (
            <li key={`${rule.rule} ${rule.term ?? ""}`} className="flex gap-2">
              <VerdictMark verdict="NOT_MET" />
              <span>
                <span className="text-ink">{ruleTitle(rule)}</span>
                {why.length === 0 ? null : `: ${why.join("; ")}`}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );

const NotEvaluable = ({ rules }: { readonly rules: readonly RuleVerdict[] }) =>
  rules.length === 0 ? null : (
    <div>
      <h3 className="text-xs font-medium text-ink-soft">Not evaluable · {rules.length}</h3>
      <ul className="mt-1 space-y-1 text-sm text-ink-soft">
        {missingByWhat(rules).map(({ what, rules: names }) => (
          <li key={what} className="flex gap-2">
            <VerdictMark verdict="NOT_EVALUABLE" />
            <span>
              <span className="text-ink">{what}</span> ({names.join("; ")})
            </span>
          </li>
        ))}
      </ul>
    </div>
  );

/** Why a decision came about: every row of the decision table, met or not, with the numbers that were compared. */
export const ExplanationView = ({ explanation, referenceOf }: ExplanationViewProps) => {
  const { met, unmet, recovery, ruleSet, protocolVersion, ctcaeVersion, hold, doseUnit } = explanation;
  const by = (verdict: Verdict): readonly RuleVerdict[] => unmet.filter((rule) => rule.verdict === verdict);
  return (
    <div className="space-y-3 rounded-control border border-hairline bg-ground p-3">
      {met.length === 0 ? null : (
        <div>
          <h3 className="text-xs font-medium text-ink-soft">Met · {met.length}</h3>
          <ul className="mt-1 space-y-2">
            {met.map((rule) => (
              <Rule key={`${rule.rule} ${rule.term ?? ""}`} rule={rule} referenceOf={referenceOf} />
            ))}
          </ul>
        </div>
      )}
      {recovery.length === 0 ? null : (
        <div>
          <h3 className="text-xs font-medium text-ink-soft">
            Toxicities of this hold{hold === null ? "" : ` (dose before hold: ${hold.doseBefore} ${doseUnit})`}
          </h3>
          <ul className="mt-1 space-y-2">
            {recovery.map((item) => (
              <Recovery key={item.term} recovery={item} doseUnit={doseUnit} referenceOf={referenceOf} />
            ))}
          </ul>
        </div>
      )}
      <NotMet rules={by("NOT_MET")} />
      <NotEvaluable rules={by("NOT_EVALUABLE")} />
      {met.length + unmet.length === 0 && recovery.length === 0 ? (
        <p className="text-ink-soft">No dose rule involved: follows from the entry.</p>
      ) : null}
      <p className="text-xs text-ink-faint">
        Protocol version {protocolVersion} · Rule set {ruleSet} · CTCAE v{ctcaeVersion}
      </p>
    </div>
  );
};
