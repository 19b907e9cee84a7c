"use client";

import { StatusPill } from "@/components/ui/status-pill";
import { useServerNow } from "@/lib/client/use-server-now";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { localDateText } from "@/lib/domain/time/local-time";
import { studyDayOf, studyDayText } from "@/lib/domain/time/study-day";
import { identityWords, sexOf, statusWords } from "./animal-words";

const CLOCK_EVERY_MS = 30_000;

/** Whose form this is. It stays in sight beside the inputs, so that nothing is written to another animal. */
export const AnimalStrip = ({ sheet, animal }: { readonly sheet: RecordingSheet; readonly animal: AnimalOnSheet }) => {
  const now = useServerNow(CLOCK_EVERY_MS);
  const { timeZone } = sheet.study;
  const day =
    animal.firstDoseMs === null
      ? "before the first dose"
      : `study ${studyDayText(studyDayOf(now, animal.firstDoseMs, timeZone))}`;
  return (
    <div className="sticky top-12 z-20 -mx-5 flex flex-wrap items-center gap-x-4 gap-y-0.5 border-b border-hairline bg-ground px-5 py-2 max-lg:top-0 lg:mx-0 lg:rounded-panel lg:border lg:bg-surface lg:px-4 lg:pointer-coarse:top-14">
      <h1 className="text-[2rem] leading-tight font-semibold">
        {animal.tag}{" "}
        <span aria-hidden="true" className="font-normal text-ink-soft">
          {sexOf(animal).sign}
        </span>
      </h1>
      <StatusPill state={animal.status} large>
        {statusWords(animal, sheet.units.dose)}
      </StatusPill>
      <div className="ml-auto text-right">
        <p className="text-lg font-medium">{identityWords(animal)}</p>
        <p className="text-base text-ink-soft" suppressHydrationWarning>
          {day}, {localDateText(now, timeZone)}
        </p>
      </div>
    </div>
  );
};
