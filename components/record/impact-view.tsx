import { Glyph, type GlyphName } from "@/components/ui/glyph";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import { parseInstant } from "@/lib/domain/time/instant";
import { type AnimalDays, dayAndDate } from "@/lib/domain/language/day-words";
import { ACTION_WORDS, capitalized } from "@/lib/domain/language/code-words";
import { LinkedVersion } from "./linked-version";

type Event = DecisionImpact["now"][number];

type ImpactViewProps = {
  readonly impact: DecisionImpact;
  readonly days: AnimalDays;
  readonly doseUnit: string | null;
  /** Before it is saved, or as it was saved. */
  readonly tense: "would" | "did";
  /** Where a version of the protocol can be read; absent while somebody types what would be lost on another page. */
  readonly protocolAddress?: ((version: number) => string) | undefined;
};

const GLYPHS: Readonly<Record<Event["action"], GlyphName>> = {
  START: "play",
  WITHHOLD: "pause",
  REMAIN_WITHHELD: "pause",
  RESUME: "play",
  RESUME_PROPOSED: "person",
  SET_DOSE: "order",
  DISCONTINUE: "stop",
  OFF_STUDY: "cross",
};

const msOf = (instant: string): number => parseInstant(instant)?.ms ?? 0;

const amount = (dose: number, doseUnit: string | null): string => `${String(dose)} ${doseUnit ?? ""}`.trim();

const Side = ({
  title,
  events,
  none,
  days,
  doseUnit,
  protocolAddress,
}: { readonly title: string; readonly events: readonly Event[]; readonly none: string } & Pick<
  ImpactViewProps,
  "days" | "doseUnit" | "protocolAddress"
>) => (
  <div className="min-w-0 px-4 py-2.5">
    <p className="text-sm font-semibold text-ink-soft">{title}</p>
    {events.length === 0 ? <p className="mt-1 text-ink-soft">{none}</p> : null}
    <ol>
      {events.map((event) => (
        <li key={`${event.entry} ${event.action}`} className="mt-1.5">
          <p className="font-semibold">
            <Glyph name={GLYPHS[event.action]} className="mr-1.5 align-[-0.06em] text-[0.85em]" />
            {capitalized(ACTION_WORDS[event.action])}
            <span className="ml-2 font-normal text-ink-soft">{dayAndDate(msOf(event.at), days)}</span>
          </p>
          <p className="text-sm text-ink-soft">
            {amount(event.fromDose, doseUnit)} → {amount(event.toDose, doseUnit)}
          </p>
          <p className="text-sm">
            <LinkedVersion sentence={event.sentence} address={protocolAddress} />
          </p>
        </li>
      ))}
    </ol>
  </div>
);

const dosesTitle = (count: number): string =>
  count === 1 ? "One dose was given meanwhile" : `${String(count)} doses were given meanwhile`;

const DosedMeanwhile = ({
  impact: { doses },
  days,
  doseUnit,
}: Pick<ImpactViewProps, "impact" | "days" | "doseUnit">) =>
  doses.length === 0 ? (
    <p className="border-t border-hairline px-4 py-2 text-sm text-ink-soft">
      No dose was given meanwhile that another one would have been in force for.
    </p>
  ) : (
    <div className="border-t border-hairline px-4 py-2 text-sm">
      <p className="font-semibold">
        <Glyph name="warning" className="mr-1.5 align-[-0.08em] text-withheld" />
        {dosesTitle(doses.length)}; what was given stays as it is.
      </p>
      <ul>
        {doses.map((dose) => (
          <li key={dose.entry}>
            {dayAndDate(msOf(dose.at), days)}:{" "}
            <strong className="font-semibold">{amount(dose.amount, doseUnit)}</strong> given. In force by what was
            decided then: {amount(dose.inForceThen, doseUnit)}; by what stands now: {amount(dose.inForceNow, doseUnit)}.
          </li>
        ))}
      </ul>
    </div>
  );

/** What changes of what had been decided: from which day, then and now side by side, and what was dosed meanwhile. */
export const ImpactView = ({ impact, days, doseUnit, tense, protocolAddress }: ImpactViewProps) => (
  <div className="min-w-0 rounded-control border border-waiting bg-surface">
    <p className="rounded-t-control bg-waiting-soft px-4 py-2 font-semibold">
      <Glyph name="person" className="mr-2 align-[-0.08em] text-waiting" />
      {tense === "would" ? "This changes" : "This changed"} what was decided, from {dayAndDate(msOf(impact.from), days)}{" "}
      on.
      {tense === "would" ? (
        <span className="block font-normal">The study director will be asked to review it, with a signature.</span>
      ) : null}
    </p>
    <div className="grid divide-hairline max-sm:divide-y sm:grid-cols-2 sm:divide-x">
      <Side title="Then" events={impact.then} none="No such decision stood." {...{ days, doseUnit, protocolAddress }} />
      <Side title="Now" events={impact.now} none="No decision in its place." {...{ days, doseUnit, protocolAddress }} />
    </div>
    <DosedMeanwhile impact={impact} days={days} doseUnit={doseUnit} />
  </div>
);
