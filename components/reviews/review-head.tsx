import { LateMark } from "@/components/ui/late-mark";
import { Notice } from "@/components/ui/notice";
import { REASON_CODES, type ReasonCode } from "@/lib/contracts/entries/reason-codes";
import type { ReviewItem } from "@/lib/contracts/reviews";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import { parseInstant } from "@/lib/domain/time/instant";
import { kindNoun } from "@/lib/domain/language/code-words";
import { lateText } from "@/lib/domain/record/late";
import { type AnimalDays, dayAndDate, dayWord } from "@/lib/domain/language/day-words";
import type { LaterChange } from "./later-changes";

/** Where an item stands on the page of reviews. */
export const reviewAnchor = ({ id }: Pick<ReviewItem, "id">): string => `review-${id}`;

const CAUSES: Readonly<Record<ReviewItem["impact"]["cause"], string>> = {
  correction: "corrected",
  void: "voided",
  late: "recorded late",
};

const msOf = (instant: string): number => parseInstant(instant)?.ms ?? 0;

export const daysOf = ({ firstDoseAt }: ReviewItem, timeZone: string): AnimalDays => ({
  firstDoseMs: firstDoseAt === null ? null : msOf(firstDoseAt),
  timeZone,
});

const kindWord = ({ kind }: ReviewItem): string => kindNoun(kind);

/** "M013, CBC of day 8". */
export const reviewName = (item: ReviewItem, timeZone: string): string =>
  `${item.animal}, ${kindWord(item)} of ${dayWord(msOf(item.observedAt), daysOf(item, timeZone))}`;

const whyOf = ({ reasonCode, reason }: ReviewItem): string => {
  const code =
    reasonCode !== null && Object.hasOwn(REASON_CODES, reasonCode)
      ? REASON_CODES[reasonCode as ReasonCode]
      : reasonCode;
  return [code, reason].filter((part) => part !== null).join(": ");
};

type ReviewHeadProps = {
  readonly item: ReviewItem;
  readonly timeZone: string;
  /** The animal's page, at the entry. */
  readonly href: string;
  /** Where the two histories can be compared. */
  readonly compareHref: string;
};

/** Which entry was changed, by whom, when and why. */
export const ReviewHead = ({ item, timeZone, href, compareHref }: ReviewHeadProps) => {
  const days = daysOf(item, timeZone);
  const [observedMs, recordedMs] = [msOf(item.observedAt), msOf(item.recordedAt)];
  const late = item.impact.cause === "late" ? lateText(observedMs, recordedMs) : null;
  const why = whyOf(item);
  return (
    <div className="min-h-11">
      <h3 className="text-lg font-semibold">
        <a href={href} className="underline-offset-4 hover:underline">
          {item.animal}
        </a>
        <span className="font-normal">
          , {kindWord(item)} of {dayAndDate(observedMs, days)} {CAUSES[item.impact.cause]}
        </span>
        {late === null ? null : (
          <span className="ml-2 text-base">
            <LateMark late={late} />
          </span>
        )}
      </h3>
      <p className="text-sm text-ink-soft">
        {localDateText(recordedMs, timeZone)}, {localTimeText(recordedMs, timeZone)}
        {item.recordedBy === null ? "" : ` by ${item.recordedBy}`}
        {why === "" ? "" : `: ${why}`} ·{" "}
        <a href={compareHref} className="text-accent-strong underline-offset-2 hover:underline print:hidden">
          Compare the two histories
        </a>
      </p>
    </div>
  );
};

type ChangedSinceProps = Pick<ReviewHeadProps, "timeZone"> & { readonly change: LaterChange };

/** That the entry was changed again: what to decide about is the latest change. */
export const ChangedSince = ({ change: { latest, takesBack }, timeZone }: ChangedSinceProps) => {
  const ms = msOf(latest.recordedAt);
  const when = `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}`;
  return (
    <Notice
      tone="withheld"
      title={takesBack ? "Taken back since." : "Changed again since."}
      actions={
        <a href={`#${reviewAnchor(latest)}`} className="font-semibold underline underline-offset-2 print:hidden">
          See that change
        </a>
      }
    >
      Entry {CAUSES[latest.impact.cause]} {when}
      {latest.recordedBy === null ? "" : ` by ${latest.recordedBy}`}
      {takesBack ? ": together the changes leave every decision as it was." : "."}
    </Notice>
  );
};
