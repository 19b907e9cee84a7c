import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Glyph, type GlyphName } from "@/components/ui/glyph";
import type { StoredDecision } from "@/lib/contracts/animal-record";
import { daysBetween } from "@/lib/domain/calendar/study-day";
import type { Action } from "@/lib/domain/dose-rules/history";
import { type AnimalDays, dayAndDate, dayWord } from "@/lib/domain/overview/day-words";
import { decisionAnchor } from "./anchors";
import { type EntryReference, ExplanationView } from "./explanation-view";

type DecisionListProps = {
  /** In the order of replay. */
  readonly decisions: readonly StoredDecision[];
  readonly days: AnimalDays;
  /** The entry whose decision is opened. */
  readonly why: string | null;
  readonly referenceOf: (entry: string) => EntryReference | null;
};

type Look = { readonly glyph: GlyphName; readonly word: string; readonly ink: string };

const ACTION_LOOKS: Readonly<Record<Action, Look>> = {
  START: { glyph: "play", word: "Started", ink: "text-accent-strong" },
  WITHHOLD: { glyph: "pause", word: "Withheld", ink: "text-withheld" },
  REMAIN_WITHHELD: { glyph: "pause", word: "Still withheld", ink: "text-withheld" },
  RESUME: { glyph: "play", word: "Resumed", ink: "text-accent-strong" },
  RESUME_PROPOSED: { glyph: "person", word: "Resume proposed", ink: "text-waiting" },
  SET_DOSE: { glyph: "order", word: "Dose set", ink: "text-accent-strong" },
  DISCONTINUE: { glyph: "stop", word: "Discontinued", ink: "text-stopped" },
  OFF_STUDY: { glyph: "cross", word: "Off study", ink: "text-ink-soft" },
};

const doseText = ({ action, toDose, explanation }: StoredDecision): string =>
  action === "START" || action === "RESUME" || action === "RESUME_PROPOSED" || action === "SET_DOSE"
    ? toDose === "0"
      ? ""
      : ` at ${toDose} ${explanation.doseUnit}`
    : "";

const Decision = ({
  decision,
  days,
  why,
  referenceOf,
}: { readonly decision: StoredDecision } & Omit<DecisionListProps, "decisions">) => {
  const { entry, action, sentence, observedMs, recordedMs, rules, explanation } = decision;
  const { glyph, word, ink } = ACTION_LOOKS[action];
  const late = daysBetween(observedMs, recordedMs, days.timeZone) > 0;
  const reference = referenceOf(entry);
  return (
    <li
      id={decisionAnchor(entry)}
      className="keep-together scroll-mt-44 border-b border-hairline px-4 py-3 last:border-b-0 target:bg-accent-soft"
    >
      <div className="flex items-baseline gap-2">
        <p className={`font-semibold ${ink}`}>
          <Glyph name={glyph} className="mr-1.5 align-[-0.06em] text-[0.85em]" />
          {word}
          {doseText(decision)}
        </p>
        <p className="ml-auto text-sm whitespace-nowrap text-ink-soft" title={dayAndDate(observedMs, days)}>
          {dayAndDate(observedMs, days).replace(/ \d{4}$/u, "")}
        </p>
      </div>
      <p className="mt-0.5">{sentence}</p>
      <div className="mt-1 flex flex-wrap items-center gap-2 text-sm">
        {rules.includes("DIRECTOR_ORDER") ? <Badge tone="waiting">by order</Badge> : null}
        {late ? <Badge>known {dayWord(recordedMs, days)}</Badge> : null}
        {reference === null ? null : (
          <a href={reference.href} className="text-accent-strong underline-offset-2 hover:underline">
            {reference.label}
          </a>
        )}
        <span className="ml-auto text-xs text-ink-faint">protocol {explanation.protocolVersion}</span>
      </div>
      <Disclosure summary="Why" open={why === entry} className="mt-0.5">
        <ExplanationView explanation={explanation} referenceOf={referenceOf} />
      </Disclosure>
    </li>
  );
};

/** The decisions that stand, the latest first, each with its sentence, and behind it why. */
export const DecisionList = ({ decisions, ...rest }: DecisionListProps) =>
  decisions.length === 0 ? (
    <EmptyState title="No decisions yet">
      The first dose starts the animal; every later decision stands here with its reasons.
    </EmptyState>
  ) : (
    <ol>
      {decisions.toReversed().map((decision) => (
        <Decision key={`${decision.entry} ${String(decision.recordedMs)}`} decision={decision} {...rest} />
      ))}
    </ol>
  );

/** Decisions that stood once, until something was recorded that changed the history. Kept, and no longer in force. */
export const SupersededDecisions = ({ decisions, days }: Pick<DecisionListProps, "decisions" | "days">) =>
  decisions.length === 0 ? null : (
    <Disclosure
      summary={
        decisions.length === 1 ? "1 decision no longer stands" : `${String(decisions.length)} decisions no longer stand`
      }
      className="border-t border-hairline px-4 py-2"
    >
      <ol className="space-y-2 text-sm text-ink-soft">
        {decisions.toReversed().map(({ entry, sentence, recordedMs, untilMs }) => (
          <li key={`${entry} ${String(recordedMs)}`} className="keep-together">
            <s>{sentence}</s>
            <span className="block text-xs text-ink-faint">
              Stood from {dayAndDate(recordedMs, days)}
              {untilMs === null ? "" : ` until ${dayAndDate(untilMs, days)}, when another entry changed the history`}.
            </span>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
