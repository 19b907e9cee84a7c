"use client";

import { useId } from "react";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { Quantity, Unit, unitText } from "@/components/ui/quantity";
import { unitInStudy } from "@/lib/contracts/entries/entry-document";
import { analyteRow, type Analyte } from "@/lib/domain/record/analytes";
import { acceptedUnits } from "@/lib/domain/units/unit-factors";
import { reasonWords } from "@/components/record/entered-words";
import type { MeasuredValue } from "@/components/record/entry-values";
import { shownIn, whenText } from "@/components/record/reading";
import { useEntry } from "@/components/record/use-entry-form";
import { ENTRY_STOP } from "./entry-stops";
import { FieldFeedback } from "./field-feedback";
import { NOT_DONE_REASONS, NotDoneChoice } from "./not-done-choice";
import { type MeasuredControl, useMeasuredField } from "./use-measured-field";

type MeasuredFieldProps = { readonly field: Analyte; readonly large?: boolean };

/** One measured value: its last one, the number as typed with unit and qualifier, what it means, or why there is none. */
export const MeasuredField = ({ field, large = false }: MeasuredFieldProps) => {
  const control = useMeasuredField(field);
  const { value } = control;
  const { kind, label } = analyteRow(field);
  const id = `entry-${field}`;
  const lastId = useId();
  return (
    <div className="grid gap-x-4 gap-y-1 border-b border-hairline pt-3 pb-2 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[10.5rem_1fr] xl:grid-cols-[10.5rem_31rem_1fr]">
      <div className="pt-1">
        <label htmlFor={id} className="block text-lg font-semibold">
          {label}
          {value.firstReading === "" ? null : <span className="font-normal text-stopped"> · second reading</span>}
        </label>
        <p id={lastId} className="text-sm text-ink-soft">
          <LastValue field={field} unit={value.unit} />
        </p>
      </div>
      <div className="min-w-0">
        {value.notDone === "" ? (
          <NumberRow control={control} id={id} lastId={lastId} large={large} />
        ) : (
          <NotDoneChoice
            label={label}
            reasons={NOT_DONE_REASONS[kind]}
            reason={value.notDone}
            error={control.error !== undefined}
            takesFocus={control.leftOut}
            onChange={control.giveReason}
            onLeave={control.takeIn}
          />
        )}
      </div>
      <div className="min-w-0 sm:col-span-2 xl:col-span-1 xl:self-center">
        <FieldFeedback
          id={`${id}-feedback`}
          text={value.text}
          reading={control.reading}
          error={control.error}
          question={control.question}
          firstReading={value.firstReading === "" ? null : `${value.firstReading} ${unitText(value.unit)}`}
          grade={control.grade}
          onStartAgain={control.takeBackFirst}
          tall={large}
        />
      </div>
    </div>
  );
};

/** In the unit that is being typed, so that both can be compared at a glance. */
const LastValue = ({ field, unit }: { readonly field: Analyte; readonly unit: string }) => {
  const { animal, sheet, corrected } = useEntry();
  if (corrected !== null) return <Stands value={corrected.was[field]} />;
  const last = animal.last[field];
  if (last === undefined) return "no value yet";
  return (
    <>
      last{" "}
      <Quantity {...shownIn(field, last.value, unitInStudy(field, sheet.units), unit)} qualifier={last.qualifier} />
      <br />
      <span className="text-ink-faint">{whenText(last.observedMs, animal, sheet.study.timeZone)}</span>
    </>
  );
};

/** Of a correction: what stands, so that it stays in sight while it is typed over. */
const Stands = ({ value: { text, unit, qualifier, notDone } }: { readonly value: MeasuredValue }) => {
  if (notDone !== "") return `stands: not done, ${reasonWords(notDone)}`;
  if (text === "") return "not recorded";
  return (
    <>
      stands: <Quantity value={text} unit={unit} qualifier={qualifier === "" ? null : qualifier} />
    </>
  );
};

const QUALIFIERS = {
  "": { sign: "=", words: "exact value" },
  "<": { sign: "<", words: "below the number" },
  ">": { sign: ">", words: "above the number" },
} as const;

type NumberRowProps = {
  readonly control: MeasuredControl;
  readonly id: string;
  readonly lastId: string;
  readonly large: boolean;
};

const NumberRow = ({ control, id, lastId, large }: NumberRowProps) => {
  const { field, value, inputRef } = control;
  const { label } = analyteRow(field);
  const qualifier = QUALIFIERS[value.qualifier];
  return (
    <div className="flex items-center gap-2">
      <button
        type="button"
        aria-label={`${label}: ${qualifier.words}. Press to change`}
        onClick={control.turnQualifier}
        className={
          "size-(--control-height) shrink-0 rounded-control border text-(length:--value-text) " +
          (value.qualifier === ""
            ? "border-hairline text-ink-faint hover:border-edge"
            : "border-accent bg-accent-soft font-semibold text-accent-strong")
        }
      >
        {qualifier.sign}
      </button>
      <input
        {...{ [ENTRY_STOP]: "" }}
        ref={inputRef}
        id={id}
        type="text"
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="next"
        value={value.text}
        onChange={(event) => control.onType(event.target.value)}
        onKeyDown={control.onKey}
        onPaste={control.onPaste}
        onBlur={control.onBlur}
        aria-invalid={control.isWrong || undefined}
        aria-describedby={`${lastId} ${id}-feedback`}
        className={`${CONTROL_LOOK} min-w-0 text-right font-semibold aria-invalid:bg-stopped-soft ${large ? "h-20 text-[2.5rem]" : "max-w-56 text-[1.5rem]"}`}
      />
      <UnitChoice control={control} large={large} />
      <Button onClick={control.leaveOut} className="ml-auto" aria-label={`${label} not done`}>
        Not done
      </Button>
    </div>
  );
};

const UnitChoice = ({ control, large }: { readonly control: MeasuredControl; readonly large: boolean }) => (
  <span className="relative shrink-0">
    <select
      aria-label={`Unit of ${analyteRow(control.field).label}`}
      value={control.value.unit}
      onChange={(event) => control.chooseUnit(event.target.value)}
      className={`min-h-(--control-height) appearance-none rounded-control border border-transparent bg-transparent pr-6 pl-2 text-ink-soft hover:border-edge ${large ? "text-xl" : "text-(length:--control-text)"}`}
    >
      {acceptedUnits(control.field).map((unit) => (
        <option key={unit} value={unit}>
          {unitText(unit)}
        </option>
      ))}
    </select>
    <Unit className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 text-ink-faint">▾</Unit>
  </span>
);
