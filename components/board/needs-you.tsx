import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { LateMark } from "@/components/ui/late-mark";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { lateText } from "@/lib/domain/record/late";
import type { Concern, Now } from "@/lib/domain/animal/attention";
import { sexWord } from "@/lib/domain/language/animal-words";
import type { BoardAddresses } from "./board-addresses";
import { CONCERN_COUNTS, type ConcernTone, TONE_INK } from "./board-looks";
import type { BoardRow } from "./board-view";
import { concernWords } from "./concern-words";

type NeedsYouProps = {
  readonly rows: readonly BoardRow[];
  /** Every row, not only the most urgent; and where that is shown. */
  readonly showsAll: boolean;
  readonly allHref: string;
  readonly doseUnit: string;
  readonly addresses: BoardAddresses;
  readonly now: Now;
  /** "09:40": when the board was made. */
  readonly checkedAt: string;
  /** Changes of what had been decided that wait for the study director, and where they are decided. */
  readonly reviews: { readonly waiting: number; readonly href: string };
};

const TONE_EDGE: Readonly<Record<ConcernTone, string>> = {
  stopped: "border-l-stopped",
  withheld: "border-l-withheld-edge",
  waiting: "border-l-waiting",
  ink: "border-l-edge",
};

const MOST_SHOWN = 8;

/** What rests on the animal's last decision, which has its reasons; the rest is seen on the animal's page. */
const BY_DECISION: ReadonlySet<Concern> = new Set([
  "newly-discontinued",
  "resume-proposed",
  "long-hold",
  "newly-withheld",
]);

const Item = ({
  row,
  doseUnit,
  addresses,
  now,
}: { readonly row: BoardRow } & Omit<NeedsYouProps, "rows" | "showsAll" | "allHref" | "checkedAt" | "reviews">) => {
  const { animal, overview } = row;
  const [first, ...others] = overview.concerns;
  if (first === undefined) return null;
  const { glyph, tone, title, detail, sentence } = concernWords(first, row, doseUnit, now);
  const place = [sexWord(animal.sex), animal.group, animal.cage].filter((part) => part !== null).join(" · ");
  const { lastDecision } = overview.standing;
  const late = lastDecision === null ? null : lateText(lastDecision.observedMs, lastDecision.recordedMs);
  const order = overview.standing.status === "OFF_STUDY" ? null : addresses.order(animal.tag);
  return (
    <li
      className={`keep-together grid grid-cols-[8.5rem_1fr_auto] gap-x-4 gap-y-1 border-b border-l-4 border-b-hairline py-2.5 pr-4 pl-3 last:border-b-0 max-md:grid-cols-[1fr_auto] ${TONE_EDGE[tone]}`}
    >
      <div className="max-md:col-span-2 max-md:flex max-md:items-baseline max-md:gap-3">
        <Link href={addresses.animal(animal.tag)} className="font-semibold underline-offset-4 hover:underline">
          {animal.tag}
        </Link>
        <p className="text-sm text-ink-soft">{place}</p>
      </div>
      <div className="min-w-0">
        <p>
          <span className={`font-semibold ${TONE_INK[tone]}`}>
            <Glyph name={glyph} className="mr-1.5 align-[-0.06em]" />
            {title}
          </span>
          {detail === "" ? null : <span className="text-ink-soft"> · {detail}</span>}
        </p>
        <p className="max-w-[96ch]">
          {sentence}
          {late === null || !BY_DECISION.has(first) ? null : (
            <span className="ml-2">
              <LateMark late={late} />
            </span>
          )}
        </p>
        {others.length === 0 ? null : (
          <p className="text-sm text-ink-soft">
            Also {others.map((concern) => CONCERN_COUNTS[concern].words).join(", ")}.
          </p>
        )}
      </div>
      <div className="flex items-start gap-2 print:hidden">
        {order === null ? null : (
          <LinkButton href={order} tone={first === "resume-proposed" ? "primary" : "plain"} prefetch={false}>
            Order…
          </LinkButton>
        )}
        {animal.said === null || !BY_DECISION.has(first) ? (
          <LinkButton href={addresses.animal(animal.tag)} prefetch={false}>
            Open
          </LinkButton>
        ) : (
          <LinkButton href={addresses.why(animal.tag, animal.said.entry)} prefetch={false}>
            Why
          </LinkButton>
        )}
      </div>
    </li>
  );
};

const Reviews = ({ reviews: { waiting, href } }: Pick<NeedsYouProps, "reviews">) => (
  <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-l-4 border-b-hairline border-l-waiting py-2.5 pr-4 pl-3">
    <p className="min-w-0 flex-1">
      <span className={`font-semibold ${TONE_INK.waiting}`}>
        <Glyph name="person" className="mr-1.5 align-[-0.06em]" />
        {waiting === 1 ? "1 review waits" : `${String(waiting)} reviews wait`}
      </span>
      <span className="text-ink-soft"> · a correction, a void or a late entry changed what had been decided</span>
    </p>
    <LinkButton href={href} prefetch={false} className="print:hidden">
      Review
    </LinkButton>
  </div>
);

/** What asks for somebody, most urgent first. Silence says that nothing is pending, and when that was looked at. */
export const NeedsYou = ({ rows, showsAll, allHref, checkedAt, reviews, ...rest }: NeedsYouProps) => {
  const shown = showsAll ? rows : rows.slice(0, MOST_SHOWN);
  return (
    <Panel
      title="Needs you"
      note={rows.length + reviews.waiting === 0 ? undefined : String(rows.length + reviews.waiting)}
      flush
      className="mb-4"
    >
      {reviews.waiting === 0 ? null : <Reviews reviews={reviews} />}
      {rows.length + reviews.waiting === 0 ? (
        <p className="px-4 py-3 text-ink-soft">
          <Glyph name="check" className="mr-2 text-accent" />
          Nothing is pending. Checked {checkedAt}.
        </p>
      ) : null}
      <ul>
        {shown.map((row) => (
          <Item key={row.animal.tag} row={row} {...rest} />
        ))}
      </ul>
      {shown.length === rows.length ? null : (
        <p className="border-t border-hairline px-4 py-1.5 print:hidden">
          <LinkButton href={allHref} tone="quiet" prefetch={false} scroll={false}>
            {`Show ${String(rows.length - shown.length)} more`}
          </LinkButton>
        </p>
      )}
    </Panel>
  );
};
