import { instantWords } from "@/components/known-at/known-at";
import { PrintMarks } from "@/components/shell/print-marks";
import type { Actor } from "@/lib/server/command/actor";
import { serverNowMs } from "@/lib/server/config/clock";

type PrintLayoutProps = {
  /** What lies across the paper: the whole page, only what is marked `print-wide`, or what the printer is told. */
  readonly landscape: "page" | "wide tables" | "as printed";
  /** The size that every other size follows, for tables that must fit the width of the paper. */
  readonly rootPx: number;
  /** What the sheets are of: "Study POM-001 · Board". */
  readonly of: string;
  readonly reader: Pick<Actor, "name" | "email">;
  readonly timeZone: string;
  /** The instant of the past that is shown; null for now. */
  readonly knownAtMs?: number | null;
};

const LANDSCAPE = {
  page: "@page{size:landscape}",
  "wide tables": "@page wide{size:landscape}.print-wide{page:wide}",
  "as printed": "",
} as const;

/** How a page goes on paper, and what stands on each sheet of it. */
export const PrintLayout = ({ landscape, rootPx, of, reader, timeZone, knownAtMs = null }: PrintLayoutProps) => (
  <>
    <style>{`@media print{html{font-size:${String(rootPx)}px}}${LANDSCAPE[landscape]}`}</style>
    <PrintMarks
      of={of}
      knownAt={knownAtMs === null ? null : `As known on ${instantWords(knownAtMs, timeZone)}`}
      reader={`${reader.name} <${reader.email}>`}
      readMs={serverNowMs()}
      timeZone={timeZone}
    />
  </>
);
