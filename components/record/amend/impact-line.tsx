"use client";

import { type RefObject, useEffect, useState } from "react";
import { Glyph } from "@/components/ui/glyph";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";
import { parseInstant } from "@/lib/domain/time/instant";
import { dayAndDate } from "@/lib/domain/language/day-words";
import type { Preview } from "@/components/record/use-preview";

type ImpactLineProps = {
  readonly preview: Preview;
  readonly sheet: RecordingSheet;
  readonly tag: string;
  /** Where all of it is said. */
  readonly whole: RefObject<HTMLElement | null>;
};

const useInSight = (whole: RefObject<HTMLElement | null>): boolean => {
  const [inSight, setInSight] = useState(true);
  useEffect(() => {
    if (whole.current === null) return undefined;
    const watch = new IntersectionObserver(([entry]) => setInSight(entry?.isIntersecting ?? true));
    watch.observe(whole.current);
    return () => watch.disconnect();
  }, [whole]);
  return inSight;
};

const dosesWords = (count: number): string =>
  count === 0 ? "" : count === 1 ? " One dose was given meanwhile." : ` ${String(count)} doses were given meanwhile.`;

/** In one line at the foot of the window, while the whole of it is further down: that a decision would differ. */
export const ImpactLine = ({ preview: { answer, state }, sheet, tag, whole }: ImpactLineProps) => {
  const inSight = useInSight(whole);
  const impact = state === "known" ? (answer?.animals[tag]?.impact ?? null) : null;
  if (inSight || impact === null) return null;
  const firstDoseMs = sheet.animals.find((animal) => animal.tag === tag)?.firstDoseMs ?? null;
  const from = dayAndDate(parseInstant(impact.from)?.ms ?? 0, { firstDoseMs, timeZone: sheet.study.timeZone });
  return (
    <div
      aria-hidden="true"
      className="fixed inset-x-0 bottom-0 z-40 border-t border-waiting bg-waiting-soft px-4 py-3 print:hidden"
    >
      <Glyph name="person" className="mr-2 align-[-0.08em] text-waiting" />
      <strong className="font-semibold">This changes what was decided, from {from} on.</strong>
      {dosesWords(impact.doses.length)} All of it is said above Save.
    </div>
  );
};
