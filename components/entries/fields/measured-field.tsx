"use client";

import { type ClipboardEvent, type KeyboardEvent, useId, useRef, useState } from "react";
import { useController } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { Quantity, Unit, unitText } from "@/components/ui/quantity";
import { tagAtEnd } from "@/lib/client/tag-scan";
import { measuredField, type MeasuredField as Field } from "@/lib/domain/measurements/measured-fields";
import { acceptedUnits } from "@/lib/domain/units/unit-factors";
import { gradesOfFields } from "../decision-words";
import type { MeasuredValue } from "../entry-values";
import { unitInStudy } from "@/lib/contracts/entries/entry-document";
import { readingOf, shownIn, whenText } from "../reading";
import { useEntry } from "../use-entry-form";
import { ENTRY_STOP } from "./entry-stops";
import { FieldFeedback } from "./field-feedback";
import { NOT_DONE_REASONS, NotDoneChoice } from "./not-done-choice";

type MeasuredFieldProps = { readonly field: Field; readonly large?: boolean };

const QUALIFIERS = { "": { sign: "=", words: "exact value" }, "<": { sign: "<", words: "below the number" }, ">": { sign: ">", words: "above the number" } } as const;
const NEXT_QUALIFIER = { "": "<", "<": ">", ">": "" } as const;

/** "<0.2" typed as one is a number and its qualifier. */
const typedInto = (value: MeasuredValue, typed: string): MeasuredValue => {
  const parts = /^\s*([<>])\s*(.*)$/u.exec(typed);
  const [, sign, rest] = parts ?? [];
  if (sign !== "<" && sign !== ">") return { ...value, text: typed };
  return { ...value, text: rest ?? "", qualifier: sign };
};

/** The second reading takes the place of the first, which is kept beside it. */
const askAgain = (value: MeasuredValue): MeasuredValue => ({ ...value, firstReading: value.text.trim(), text: "" });
const startAgain = (value: MeasuredValue): MeasuredValue => ({ ...value, text: value.firstReading, firstReading: "" });

/** One measured value: its last one, the number as typed with unit and qualifier, what it means, or why there is none. */
export const MeasuredField = ({ field, large = false }: MeasuredFieldProps) => {
  const { form, reading: context, sheet, animal, preview, errorAt, goTo } = useEntry();
  const { label, kind } = measuredField(field);
  const controller = useController({ name: field, control: form.control });
  const value = controller.field.value;
  const set = (next: MeasuredValue): void => controller.field.onChange(next);
  const input = useRef<HTMLInputElement>(null);
  const [leftOut, setLeftOut] = useState(false);
  const id = `entry-${field}`;
  const lastId = useId();

  const reading = readingOf(field, value, context);
  const first = value.firstReading === "" ? null : readingOf(field, { ...value, text: value.firstReading }, context);
  const question =
    value.text.trim() === "" && first?.state === "read" && first.plausibility.level === "unlikely" ? first.plausibility.message : null;
  const isUnlikely = reading.state === "read" && reading.plausibility.level === "unlikely" && value.firstReading === "";
  const error = errorAt(field);
  const isWrong = error !== undefined || question !== null || isUnlikely || (reading.state === "read" && reading.plausibility.level === "impossible");
  const entry = preview.answer?.entries[0];
  const grade = entry === undefined || value.text.trim() === "" ? undefined : gradesOfFields(entry).get(field);
  const last = animal.last[field];

  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const scanned = event.key === "Enter" && reading.state === "unreadable" ? tagAtEnd(sheet.animals.map(({ tag }) => tag), value.text) : null;
    if (scanned !== null) {
      event.preventDefault();
      set({ ...value, text: scanned.before });
      goTo(scanned.tag);
    } else if (event.key === "Enter" && isUnlikely && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      set(askAgain(value));
    } else if (event.key === "-" && value.text === "" && value.firstReading === "") {
      event.preventDefault();
      leaveOut();
    }
  };
  const leaveOut = (): void => {
    setLeftOut(true);
    set({ ...value, text: "", qualifier: "", firstReading: "", notDone: NOT_DONE_REASONS[kind][0] ?? "NOT_AVAILABLE" });
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const text = event.clipboardData.getData("text").trim();
    if (!/\s/u.test(text)) return;
    // A cell with its unit, or a row: only the first number is meant for this field.
    event.preventDefault();
    set(typedInto(value, text.split(/\s+/u)[0] ?? ""));
  };

  return (
    <div className="grid gap-x-4 gap-y-1 border-b border-hairline pt-3 pb-2 first:pt-0 last:border-b-0 last:pb-0 sm:grid-cols-[10.5rem_1fr] xl:grid-cols-[10.5rem_31rem_1fr]">
      <div className="pt-1">
        <label htmlFor={id} className="block text-lg font-semibold">
          {label}
          {value.firstReading === "" ? null : <span className="font-normal text-stopped"> · second reading</span>}
        </label>
        <p id={lastId} className="text-sm text-ink-soft">
          {last === undefined ? (
            "no value yet"
          ) : (
            <>
              last <Quantity {...shownIn(field, last.value, unitInStudy(field, sheet.units), value.unit)} qualifier={last.qualifier} />
              <br />
              <span className="text-ink-faint">{whenText(last.observedMs, animal, sheet.study.timeZone)}</span>
            </>
          )}
        </p>
      </div>
      <div className="min-w-0">
        {value.notDone === "" ? (
          <div className="flex items-center gap-2">
            <button
              type="button"
              aria-label={`${label}: ${QUALIFIERS[value.qualifier].words}. Press to change`}
              onClick={() => {
                set({ ...value, qualifier: NEXT_QUALIFIER[value.qualifier] });
                input.current?.focus();
              }}
              className={
                "size-(--control-height) shrink-0 rounded-control border text-(length:--value-text) " +
                (value.qualifier === "" ? "border-hairline text-ink-faint hover:border-edge" : "border-accent bg-accent-soft font-semibold text-accent-strong")
              }
            >
              {QUALIFIERS[value.qualifier].sign}
            </button>
            <input
              {...{ [ENTRY_STOP]: "" }}
              ref={(element) => {
                input.current = element;
                controller.field.ref(element);
              }}
              id={id}
              type="text"
              inputMode="decimal"
              autoComplete="off"
              spellCheck={false}
              enterKeyHint="next"
              value={value.text}
              onChange={(event) => set(typedInto(value, event.target.value))}
              onKeyDown={onKey}
              onPaste={onPaste}
              onBlur={() => {
                controller.field.onBlur();
                if (isUnlikely) set(askAgain(value));
              }}
              aria-invalid={isWrong || undefined}
              aria-describedby={`${lastId} ${id}-feedback`}
              className={`${CONTROL_LOOK} min-w-0 text-right font-semibold aria-invalid:bg-stopped-soft ${large ? "h-20 text-[2.5rem]" : "max-w-56 text-[1.5rem]"}`}
            />
            <UnitChoice field={field} value={value} onChange={set} large={large} />
            <Button onClick={leaveOut} className="ml-auto" aria-label={`${label} not done`}>
              Not done
            </Button>
          </div>
        ) : (
          <NotDoneChoice
            field={field}
            reason={value.notDone}
            error={error !== undefined}
            takesFocus={leftOut}
            onChange={(notDone) => set({ ...value, notDone })}
            onLeave={() => {
              setLeftOut(false);
              set({ ...value, notDone: "" });
              requestAnimationFrame(() => input.current?.focus());
            }}
          />
        )}
      </div>
      <div className="min-w-0 sm:col-span-2 xl:col-span-1 xl:self-center">
        <FieldFeedback
          id={`${id}-feedback`}
          text={value.text}
          reading={value.notDone === "" ? reading : { state: "blank" }}
          error={error}
          question={question}
          firstReading={value.firstReading === "" ? null : `${value.firstReading} ${unitText(value.unit)}`}
          grade={grade}
          onStartAgain={() => set(startAgain(value))}
          tall={large}
        />
      </div>
    </div>
  );
};

type UnitChoiceProps = {
  readonly field: Field;
  readonly value: MeasuredValue;
  readonly onChange: (value: MeasuredValue) => void;
  readonly large: boolean;
};

/** Another unit means another number: a first reading in the old one is taken back and looked at again. */
const UnitChoice = ({ field, value, onChange, large }: UnitChoiceProps) => (
  <span className="relative shrink-0">
    <select
      aria-label={`Unit of ${measuredField(field).label}`}
      value={value.unit}
      onChange={(event) => {
        const next = { ...value, unit: event.target.value };
        onChange(next.firstReading !== "" && next.text === "" ? startAgain(next) : next);
      }}
      className={`min-h-(--control-height) appearance-none rounded-control border border-transparent bg-transparent pr-6 pl-2 text-ink-soft hover:border-edge ${large ? "text-xl" : "text-(length:--control-text)"}`}
    >
      {acceptedUnits(field).map((unit) => (
        <option key={unit} value={unit}>
          {unitText(unit)}
        </option>
      ))}
    </select>
    <Unit className="pointer-events-none absolute top-1/2 right-1.5 -translate-y-1/2 text-ink-faint">▾</Unit>
  </span>
);
