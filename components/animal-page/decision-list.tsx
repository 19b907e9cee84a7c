import type { ReactNode } from "react";
import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Disclosure } from "@/components/ui/disclosure";
import { EmptyState } from "@/components/ui/empty-state";
import { Glyph, type GlyphName } from "@/components/ui/glyph";
import type { StoredDecision } from "@/lib/contracts/animal-record";
import type { Action } from "@/lib/domain/rules/history";
import { lateText } from "@/lib/domain/record/late";
import { LateMark } from "@/components/ui/late-mark";
import { type AnimalDays, dayAndDate, dayWord } from "@/lib/domain/language/day-words";
import { ACTION_WORDS, capitalized } from "@/lib/domain/language/code-words";
import { decisionAnchor } from "./anchors";
import { type EntryReference, ExplanationView } from "./explanation-view";

type DecisionListProps = {
  /** In the order of replay. */
  readonly decisions: readonly StoredDecision[];
  readonly days: AnimalDays;
  /** The entry whose decision is explained; "all" for all of them. */
  readonly why: string | null;
  /** Where the page explains the decision of an entry. */
  readonly whyAddress: (entry: string) => string;
  readonly referenceOf: (entry: string) => EntryReference | null;
  /** The signatures of the entry that led to a decision, or that it waits for one. */
  readonly signaturesOf: (entry: string) => ReactNode;
  /** Where a version of the protocol can be read. */
  readonly protocolAddress: (version: number) => string;
};

const ProtocolLink = ({
  version,
  protocolAddress,
}: { readonly version: number } & Pick<DecisionListProps, "protocolAddress">) => (
  <Link
    href={protocolAddress(version)}
    prefetch={false}
    className="inline-flex min-h-6 items-center text-xs text-ink-soft underline-offset-2 hover:underline"
  >
    protocol {version}
  </Link>
);

type Look = { readonly glyph: GlyphName; readonly ink: string };

const ACTION_LOOKS: Readonly<Record<Action, Look>> = {
  START: { glyph: "play", ink: "text-accent-strong" },
  WITHHOLD: { glyph: "pause", ink: "text-withheld" },
  REMAIN_WITHHELD: { glyph: "pause", ink: "text-withheld" },
  RESUME: { glyph: "play", ink: "text-accent-strong" },
  RESUME_PROPOSED: { glyph: "person", ink: "text-waiting" },
  SET_DOSE: { glyph: "order", ink: "text-accent-strong" },
  DISCONTINUE: { glyph: "stop", ink: "text-stopped" },
  OFF_STUDY: { glyph: "cross", ink: "text-ink-soft" },
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
  whyAddress,
  referenceOf,
  signaturesOf,
  protocolAddress,
}: { readonly decision: StoredDecision } & Omit<DecisionListProps, "decisions">) => {
  const { entry, action, sentence, observedMs, recordedMs, rules, explanation } = decision;
  const { glyph, ink } = ACTION_LOOKS[action];
  const late = lateText(observedMs, recordedMs);
  const reference = referenceOf(entry);
  return (
    <li
      id={decisionAnchor(entry)}
      className="keep-together scroll-mt-44 border-b border-hairline px-4 py-3 last:border-b-0 target:bg-accent-soft"
    >
      <div className="flex items-baseline gap-2">
        <p className={`font-semibold ${ink}`}>
          <Glyph name={glyph} className="mr-1.5 align-[-0.06em] text-[0.85em]" />
          {capitalized(ACTION_WORDS[action])}
          {doseText(decision)}
        </p>
        <p className="ml-auto text-sm whitespace-nowrap text-ink-soft" title={dayAndDate(observedMs, days)}>
          {dayAndDate(observedMs, days).replace(/ \d{4}$/u, "")}
        </p>
      </div>
      <p className="mt-0.5">{sentence}</p>
      <div className="mt-1 flex flex-wrap items-center gap-2 text-sm">
        {rules.includes("DIRECTOR_ORDER") ? <Badge tone="waiting">by order</Badge> : null}
        {late === null ? null : (
          <>
            <LateMark late={late} />
            <span className="text-xs text-ink-soft">known {dayWord(recordedMs, days)}</span>
          </>
        )}
        {reference === null ? null : (
          <a href={reference.href} className="text-accent-strong underline-offset-2 hover:underline">
            {reference.label}
          </a>
        )}
        <span className="ml-auto">
          <ProtocolLink version={explanation.protocolVersion} protocolAddress={protocolAddress} />
        </span>
      </div>
      {signaturesOf(entry)}
      {why === entry || why === "all" ? (
        <Disclosure summary="Why" open className="mt-0.5">
          <ExplanationView explanation={explanation} referenceOf={referenceOf} />
        </Disclosure>
      ) : (
        <Link
          href={whyAddress(entry)}
          prefetch={false}
          scroll={false}
          aria-label={`Why: ${ACTION_WORDS[action]}, ${dayWord(observedMs, days)}`}
          className="inline-flex min-h-6 items-center gap-1.5 text-sm font-medium text-accent-strong underline-offset-4 hover:underline print:hidden pointer-coarse:min-h-11"
        >
          <Glyph name="chevron" className="text-[0.8em]" />
          Why
        </Link>
      )}
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
export const SupersededDecisions = ({
  decisions,
  days,
  protocolAddress,
}: Pick<DecisionListProps, "decisions" | "days" | "protocolAddress">) =>
  decisions.length === 0 ? null : (
    <Disclosure
      summary={
        decisions.length === 1 ? "1 decision no longer stands" : `${String(decisions.length)} decisions no longer stand`
      }
      className="border-t border-hairline px-4 py-2"
    >
      <ol className="space-y-2 text-sm text-ink-soft">
        {decisions.toReversed().map(({ entry, sentence, recordedMs, untilMs, explanation }) => (
          <li key={`${entry} ${String(recordedMs)}`} className="keep-together">
            <s>{sentence}</s>
            <span className="block text-xs text-ink-faint">
              Stood from {dayAndDate(recordedMs, days)}
              {untilMs === null
                ? ""
                : ` until ${dayAndDate(untilMs, days)}, when another entry changed the history`}.{" "}
              <ProtocolLink version={explanation.protocolVersion} protocolAddress={protocolAddress} />
            </span>
          </li>
        ))}
      </ol>
    </Disclosure>
  );
