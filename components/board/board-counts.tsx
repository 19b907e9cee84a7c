import Link from "next/link";
import { STATUS_WORDS } from "@/lib/domain/language/code-words";
import type { Status } from "@/lib/domain/rules/history";
import { daysBetween } from "@/lib/domain/time/study-day";
import type { Now } from "@/lib/domain/animal/attention";
import { Glyph } from "@/components/ui/glyph";
import { type BoardFilters, filtersQuery, withoutFilters } from "./board-filters";
import { STATUS_LOOKS } from "./board-looks";
import type { BoardView } from "./board-view";

const SHOWN: readonly Status[] = ["ON_DOSE", "WITHHELD", "DISCONTINUED", "NOT_STARTED", "OFF_STUDY"];

type BoardCountsProps = {
  readonly view: BoardView;
  readonly total: number;
  readonly filters: BoardFilters;
  readonly address: string;
  readonly now: Now;
};

const noteOf = (status: Status, { longestHoldMs, controls }: BoardView, total: number, now: Now): string => {
  if (status === "WITHHELD" && longestHoldMs !== null) {
    return `longest ${String(daysBetween(longestHoldMs, now.ms, now.timeZone))} d`;
  }
  return status === "ON_DOSE" ? `of ${String(total)}${controls === 0 ? "" : `, ${String(controls)} control`}` : "";
};

/** How many animals are in each state; each is the filter for its own. */
export const BoardCounts = ({ view, total, filters, address, now }: BoardCountsProps) => (
  <nav aria-label="Animals by status" className="mb-4">
    <ul className="flex flex-wrap gap-2 print:gap-x-6">
      {SHOWN.filter((status) => view.counts[status] > 0 || status === "ON_DOSE" || status === "WITHHELD").map(
        (status) => {
          const { glyph, ink } = STATUS_LOOKS[status];
          const chosen = filters.status === status;
          const query = filtersQuery({ ...withoutFilters(filters), status: chosen ? null : status });
          return (
            <li key={status}>
              <Link
                href={`${address}${query}`}
                aria-current={chosen ? "true" : undefined}
                className={
                  "flex min-h-14 min-w-34 flex-col justify-center rounded-panel border px-3.5 py-1.5 print:min-h-0 print:border-0 print:p-0 " +
                  (chosen ? "border-accent bg-accent-soft" : "border-hairline bg-surface hover:border-edge")
                }
              >
                <span className={`flex items-baseline gap-1.5 text-xl font-semibold ${ink}`}>
                  <Glyph name={glyph} className="self-center text-[0.8em]" />
                  {view.counts[status]}
                </span>
                <span className="text-sm whitespace-nowrap text-ink-soft">
                  <span className="text-ink">{STATUS_WORDS[status]}</span> {noteOf(status, view, total, now)}
                </span>
              </Link>
            </li>
          );
        },
      )}
    </ul>
  </nav>
);
