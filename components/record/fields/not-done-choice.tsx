"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { buttonLook } from "@/components/ui/button-look";
import { ChoiceChip } from "@/components/ui/choice-chip";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { focusOnMount } from "@/components/ui/focus-on-mount";
import type { MeasuredKind } from "@/lib/domain/record/kinds";
import { reasonWords } from "@/components/record/entered-words";
import { ENTRY_STOP } from "./entry-stops";

/** Reasons for which there is no value, as a record keeps them; what is not among them is typed. */
export const NOT_DONE_REASONS: Readonly<Record<MeasuredKind, readonly string[]>> = {
  weight: ["NOT_AVAILABLE", "NOT_HANDLED", "SCALE_FAULT"],
  cbc: ["CLOTTED", "INSUFFICIENT", "NOT_AVAILABLE"],
  lft: ["HEMOLYZED", "INSUFFICIENT", "NOT_AVAILABLE"],
  observation: ["NOT_AVAILABLE", "NOT_HANDLED", "PROBE_FAULT"],
};
export const NOT_GIVEN_REASONS = ["NOT_AVAILABLE", "NOT_HANDLED", "FORMULATION_MISSING"] as const;
export const NOT_MADE_REASONS = ["NOT_AVAILABLE", "NOT_HANDLED"] as const;

/** A reason that is still to be typed: not done, and not yet said why. */
const TO_BE_TYPED = " ";

type NotDoneChoiceProps = {
  /** What was not done, as the form calls it. */
  readonly label: string;
  readonly reasons: readonly string[];
  readonly reason: string;
  readonly error: boolean;
  /** It was asked for at this field, so that the focus goes with it. */
  readonly takesFocus: boolean;
  readonly onChange: (reason: string) => void;
  readonly onLeave: () => void;
};

/** In place of the number: why there is none. Digits choose, Escape goes back to the number. */
export const NotDoneChoice = ({ label, reasons, reason, error, takesFocus, onChange, onLeave }: NotDoneChoiceProps) => {
  const id = useId();
  const [other, setOther] = useState(!reasons.includes(reason));
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (takesFocus) group.current?.querySelector<HTMLInputElement>("input:checked")?.focus();
  }, [takesFocus]);
  const choose = (code: string): void => {
    setOther(code === TO_BE_TYPED);
    onChange(code);
  };
  const onEscape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    onLeave();
  };
  const onKey = (event: KeyboardEvent): void => {
    onEscape(event);
    const code = [...reasons, TO_BE_TYPED][Number(event.key) - 1];
    if (code === undefined) return;
    event.preventDefault();
    choose(code);
  };
  return (
    <fieldset {...{ [ENTRY_STOP]: "" }} ref={group} className="min-w-0">
      <legend className="sr-only">Reason {label} not done</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {reasons.map((code) => (
          <ChoiceChip
            key={code}
            name={id}
            value={code}
            chosen={reason === code && !other}
            onChoose={() => choose(code)}
            onKeyDown={onKey}
          >
            {reasonWords(code)}
          </ChoiceChip>
        ))}
        <ChoiceChip name={id} value="" chosen={other} onChoose={() => choose(TO_BE_TYPED)} onKeyDown={onKey}>
          other…
        </ChoiceChip>
        {other ? (
          <input
            ref={focusOnMount}
            type="text"
            aria-label={`Reason ${label} not done`}
            aria-invalid={error || undefined}
            maxLength={200}
            value={reason.trimStart()}
            onChange={(event) => onChange(event.target.value === "" ? TO_BE_TYPED : event.target.value)}
            onKeyDown={onEscape}
            className={`${CONTROL_LOOK} w-auto min-w-40 flex-1`}
          />
        ) : null}
        <button
          type="button"
          onClick={onLeave}
          aria-label={`Enter a value for ${label}`}
          className={buttonLook("quiet", "ml-auto")}
        >
          Undo
        </button>
      </div>
    </fieldset>
  );
};
