import Link from "next/link";
import { Glyph } from "@/components/ui/glyph";
import { instantWords, type KnownAt } from "./known-at";

type KnownAtBandProps = {
  readonly knownAt: KnownAt;
  readonly timeZone: string;
  /** The same page now. */
  readonly now: string;
  /** What the page has although the past is asked for; absent where it shows the past. */
  readonly instead?: string;
};

/** The band across the top of what shows the past: as of when, that today is not here, and the way back. */
export const KnownAtBand = ({ knownAt: { atMs, fault }, timeZone, now, instead }: KnownAtBandProps) =>
  atMs === null && fault === null ? null : (
    <div
      role="note"
      aria-label="As known"
      className={`flex min-h-10 flex-wrap items-center gap-x-2.5 px-5 py-1 ${atMs === null ? "bg-stopped-soft text-ink" : "bg-ink text-ground"} print:px-0`}
    >
      <Glyph name={atMs === null ? "warning" : "clock"} />
      <p>
        {atMs === null ? (
          fault
        ) : (
          <>
            <strong className="font-semibold">As known on {instantWords(atMs, timeZone)}</strong>
            {` · ${instead ?? "today's data are not shown"}`}
          </>
        )}
      </p>
      <Link
        href={now}
        className="ml-auto inline-flex min-h-8 items-center font-semibold underline underline-offset-4 print:hidden pointer-coarse:min-h-11"
      >
        Back to now
      </Link>
    </div>
  );

/** The band above a page's content, in sight wherever the page is scrolled to. */
export const PageBand = (props: KnownAtBandProps) =>
  props.knownAt.atMs === null && props.knownAt.fault === null ? null : (
    <div className="sticky top-12 z-30 -mx-5 -mt-4 mb-4 max-lg:top-0 print:static print:mx-0 print:mt-0">
      <KnownAtBand {...props} />
    </div>
  );
