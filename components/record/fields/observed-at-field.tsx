"use client";

import { useController } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { DateTimeField } from "@/components/ui/date-time-field";
import { focusOnMount } from "@/components/ui/focus-on-mount";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { serverNow } from "@/lib/client/server-clock";
import { useServerNow } from "@/lib/client/use-server-now";
import { localTimeText } from "@/lib/domain/time/local-time";
import { instantsOfLocalTime, localTimeTyped, offsetTextAt } from "@/lib/domain/time/typed-local-time";
import { lateText } from "@/lib/domain/record/late";
import { whenText } from "@/components/record/reading";
import { useEntry } from "@/components/record/use-entry-form";

const CLOCK_EVERY_MS = 10_000;
const MS_PER_MINUTE = 60_000;

/** How far back one tap goes. */
const STEPS = [
  { minutes: 5, label: "5 min" },
  { minutes: 15, label: "15 min" },
  { minutes: 60, label: "1 h" },
  { minutes: 1440, label: "1 day" },
] as const;

type TimeProps = { readonly nowMs: number; readonly typed: string; readonly onChange: (typed: string) => void };

/** When it was observed: the moment of saving, unless it is set back. On the clock of the study, wherever the tablet is. */
export const ObservedAtField = () => {
  const { form } = useEntry();
  const nowMs = useServerNow(CLOCK_EVERY_MS);
  const { field } = useController({ name: "observedAt", control: form.control });
  const time: TimeProps = { nowMs, typed: field.value, onChange: field.onChange };
  return field.value === "" ? <Now {...time} /> : <SetBack {...time} />;
};

/** What is recorded so long after it was observed is marked as late from then on: said before it is. */
const lateWords = (observedMs: number, nowMs: number): readonly string[] => {
  const late = lateText(observedMs, nowMs);
  return late === null ? [] : [`late ${late}`];
};

const Now = ({ nowMs, onChange }: TimeProps) => {
  const { sheet, animal } = useEntry();
  const { timeZone } = sheet.study;
  return (
    <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-1">
      <span className="text-base text-ink-soft">
        Observed <strong className="font-semibold text-ink">now</strong>, {localTimeText(nowMs, timeZone)} ·{" "}
        {whenText(nowMs, animal, timeZone)} · {timeZone}
      </span>
      <Button onClick={() => onChange(localTimeTyped(serverNow(), timeZone))} className="ml-auto">
        Earlier…
      </Button>
    </div>
  );
};

const SetBack = ({ nowMs, typed, onChange }: TimeProps) => {
  const { form, sheet, animal, errorAt } = useEntry();
  const { timeZone } = sheet.study;
  const later = useController({ name: "later", control: form.control }).field;
  const instants = instantsOfLocalTime(typed, timeZone);
  const chosen = (later.value ? instants[1] : instants[0]) ?? instants[0];
  const skipped = instants.length === 0 ? "The clocks skip this time. Type another one." : undefined;
  const setBack = (minutes: number): void =>
    onChange(localTimeTyped((chosen ?? serverNow()) - minutes * MS_PER_MINUTE, timeZone));
  return (
    <div className="flex w-full flex-wrap items-start gap-x-3 gap-y-2">
      <DateTimeField
        id="entry-observedAt"
        label="Observed at"
        value={typed}
        max={localTimeTyped(nowMs, timeZone)}
        // An emptied field would mean now, and nobody said so.
        onChange={({ target }) => onChange(target.value === "" ? localTimeTyped(serverNow(), timeZone) : target.value)}
        offset={chosen === undefined ? null : offsetTextAt(chosen, timeZone)}
        timeZone={timeZone}
        error={errorAt("observedAt") ?? skipped}
        hint={
          chosen === undefined
            ? undefined
            : [whenText(chosen, animal, timeZone), ...lateWords(chosen, nowMs)].join(" · ")
        }
        keepLine
        ref={focusOnMount}
        className="basis-full"
      />
      {instants.length < 2 ? null : (
        <SegmentedControl
          label="The clocks show this time twice"
          name="entry-later"
          value={later.value ? "second" : "first"}
          onChange={(event) => later.onChange(event.target.value === "second")}
          choices={instants.map((instant, place) => ({
            value: place === 0 ? "first" : "second",
            label: `UTC${offsetTextAt(instant, timeZone).replace("-", "−")}`,
          }))}
        />
      )}
      <div className="flex flex-wrap gap-1.5">
        {STEPS.map(({ minutes, label }) => (
          <Button key={minutes} onClick={() => setBack(minutes)} aria-label={`${label} earlier`}>
            −{label}
          </Button>
        ))}
        <Button onClick={() => onChange("")}>Now</Button>
      </div>
    </div>
  );
};
