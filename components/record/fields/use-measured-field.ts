"use client";

import { type ClipboardEvent, type KeyboardEvent, useState } from "react";
import { type RefCallBack, useController } from "react-hook-form";
import { tagAtEnd } from "@/lib/client/tag-scan";
import { analyteRow, type Analyte } from "@/lib/domain/record/analytes";
import { type FieldGrade, gradesOfFields } from "@/components/record/decision-words";
import type { MeasuredValue } from "@/components/record/entry-values";
import { type Reading, type ReadingContext, readingOf } from "@/components/record/reading";
import { useEntry } from "@/components/record/use-entry-form";
import { NOT_DONE_REASONS } from "./not-done-choice";

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

const NEXT_QUALIFIER = { "": "<", "<": ">", ">": "" } as const;

export type MeasuredControl = {
  readonly field: Analyte;
  readonly value: MeasuredValue;
  readonly reading: Reading;
  readonly error: string | undefined;
  /** Why a second reading is asked for, while it is. */
  readonly question: string | null;
  readonly isWrong: boolean;
  readonly grade: FieldGrade | undefined;
  /** "Not done" was chosen at this field, by a key or a tap on it. */
  readonly leftOut: boolean;
  readonly inputRef: RefCallBack;
  readonly onType: (typed: string) => void;
  readonly onKey: (event: KeyboardEvent<HTMLInputElement>) => void;
  readonly onPaste: (event: ClipboardEvent<HTMLInputElement>) => void;
  readonly onBlur: () => void;
  readonly turnQualifier: () => void;
  readonly chooseUnit: (unit: string) => void;
  readonly leaveOut: () => void;
  readonly giveReason: (reason: string) => void;
  readonly takeIn: () => void;
  readonly takeBackFirst: () => void;
};

type Asked = Pick<MeasuredControl, "reading" | "question"> & {
  /** It is unlikely, and has not been read again. */
  readonly asks: boolean;
};

const asked = (field: Analyte, value: MeasuredValue, context: ReadingContext): Asked => {
  const reading = readingOf(field, value, context);
  const isUnlikely = reading.state === "read" && reading.plausibility.level === "unlikely";
  if (value.firstReading === "") return { reading, question: null, asks: isUnlikely };
  const first = value.text.trim() === "" ? readingOf(field, { ...value, text: value.firstReading }, context) : reading;
  const isAsked = value.text.trim() === "" && first.state === "read" && first.plausibility.level !== "fine";
  return { reading, question: isAsked ? first.plausibility.message : null, asks: false };
};

/** What stands in the field of one measured value, what it is found to be, and everything that can be done with it. */
export const useMeasuredField = (field: Analyte): MeasuredControl => {
  const { form, reading: context, sheet, preview, errorAt, goTo } = useEntry();
  const controller = useController({ name: field, control: form.control });
  const [leftOut, setLeftOut] = useState(false);
  const value = controller.field.value;
  const set = (next: MeasuredValue): void => controller.field.onChange(next);

  const { reading, question, asks } = asked(field, value, context);
  const error = errorAt(field);
  const isImpossible = reading.state === "read" && reading.plausibility.level === "impossible";
  const entry = preview.answer?.entries[0];

  const leaveOut = (): void => {
    setLeftOut(true);
    const [reason = "NOT_AVAILABLE"] = NOT_DONE_REASONS[analyteRow(field).kind];
    set({ ...value, text: "", qualifier: "", firstReading: "", notDone: reason });
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const enter = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
    const scanned =
      enter && reading.state === "unreadable"
        ? tagAtEnd(
            sheet.animals.map(({ tag }) => tag),
            value.text,
          )
        : null;
    const notDone = event.key === "-" && value.text === "" && value.firstReading === "";
    if (scanned === null && !notDone && !(enter && asks)) return;
    event.preventDefault();
    if (notDone) leaveOut();
    else if (scanned === null) set(askAgain(value));
    else {
      set({ ...value, text: scanned.before });
      goTo(scanned.tag);
    }
  };
  return {
    field,
    value,
    reading: value.notDone === "" ? reading : { state: "blank" },
    error,
    question,
    isWrong: error !== undefined || question !== null || asks || isImpossible,
    grade: entry === undefined || value.text.trim() === "" ? undefined : gradesOfFields(entry).get(field),
    leftOut,
    inputRef: controller.field.ref,
    onType: (typed) => set(typedInto(value, typed)),
    onKey,
    onPaste: (event) => pasted(event, (typed) => set(typedInto(value, typed))),
    onBlur: () => {
      controller.field.onBlur();
      if (asks) set(askAgain(value));
    },
    turnQualifier: () => {
      set({ ...value, qualifier: NEXT_QUALIFIER[value.qualifier] });
      form.setFocus(field);
    },
    chooseUnit: (unit) => set(inUnit(value, unit)),
    leaveOut,
    giveReason: (notDone) => set({ ...value, notDone }),
    takeIn: () => {
      setLeftOut(false);
      set({ ...value, notDone: "" });
      requestAnimationFrame(() => form.setFocus(field));
    },
    takeBackFirst: () => set(startAgain(value)),
  };
};

/** A cell with its unit, or a row of cells: only the first number is meant for this field. */
const pasted = (event: ClipboardEvent<HTMLInputElement>, type: (typed: string) => void): void => {
  const text = event.clipboardData.getData("text").trim();
  if (!/\s/u.test(text)) return;
  event.preventDefault();
  type(text.split(/\s+/u)[0] ?? "");
};

/** Another unit means another number: a first reading in the old one is looked at again. */
const inUnit = (value: MeasuredValue, unit: string): MeasuredValue => {
  const next = { ...value, unit };
  return next.firstReading !== "" && next.text === "" ? startAgain(next) : next;
};
