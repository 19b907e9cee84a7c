"use client";

import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { buttonLook } from "@/components/ui/button-look";
import type { MeasuredField, MeasuredKind } from "@/lib/domain/measurements/measured-fields";
import { measuredField } from "@/lib/domain/measurements/measured-fields";
import { reasonWords } from "../entered-words";
import { ENTRY_STOP } from "./entry-stops";

/** Reasons for which there is no value, as a record keeps them; what is not among them is typed. */
export const NOT_DONE_REASONS: Readonly<Record<MeasuredKind, readonly string[]>> = {
  weight: ["NOT_AVAILABLE", "NOT_HANDLED", "SCALE_FAULT"],
  cbc: ["CLOTTED", "INSUFFICIENT", "NOT_AVAILABLE"],
  lft: ["HEMOLYZED", "INSUFFICIENT", "NOT_AVAILABLE"],
  observation: ["NOT_AVAILABLE", "NOT_HANDLED", "PROBE_FAULT"],
};

type NotDoneChoiceProps = {
  readonly field: MeasuredField;
  readonly reason: string;
  readonly error: boolean;
  /** It was asked for at this field, so that the focus goes with it. */
  readonly takesFocus: boolean;
  readonly onChange: (reason: string) => void;
  readonly onLeave: () => void;
};

/** In place of the number: why there is none. Digits choose, Escape goes back to the number. */
export const NotDoneChoice = ({ field, reason, error, takesFocus, onChange, onLeave }: NotDoneChoiceProps) => {
  const { kind, label } = measuredField(field);
  const reasons = NOT_DONE_REASONS[kind];
  const id = useId();
  const [other, setOther] = useState(!reasons.includes(reason));
  const group = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (takesFocus) group.current?.querySelector<HTMLInputElement>("input:checked")?.focus();
  }, [takesFocus]);
  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.key === "Escape") {
      event.preventDefault();
      onLeave();
      return;
    }
    const chosen = reasons[Number(event.key) - 1];
    if (chosen === undefined || (event.target instanceof HTMLElement && event.target.matches("[type=text]"))) return;
    event.preventDefault();
    setOther(false);
    onChange(chosen);
  };
  return (
    <fieldset {...{ [ENTRY_STOP]: "" }} ref={group} onKeyDown={onKey} className="min-w-0">
      <legend className="sr-only">{label} was not done: why</legend>
      <div className="flex flex-wrap items-center gap-1.5">
        {reasons.map((code) => (
          <label key={code} className={choiceLook(reason === code && !other)}>
            <input
              type="radio"
              name={id}
              value={code}
              checked={reason === code && !other}
              onChange={() => {
                setOther(false);
                onChange(code);
              }}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            {reasonWords(code)}
          </label>
        ))}
        <label className={choiceLook(other)}>
          <input
            type="radio"
            name={id}
            value=""
            checked={other}
            onChange={() => {
              setOther(true);
              onChange(" ");
            }}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          other…
        </label>
        {other ? (
          <input
            type="text"
            aria-label={`Why ${label} was not done`}
            aria-invalid={error || undefined}
            maxLength={200}
            value={reason.trimStart()}
            onChange={(event) => onChange(event.target.value === "" ? " " : event.target.value)}
            className="min-h-(--control-height) min-w-40 flex-1 rounded-control border border-edge bg-surface px-3 text-(length:--control-text)"
            autoFocus
          />
        ) : null}
        <button type="button" onClick={onLeave} aria-label={`Type a value of ${label} after all`} className={buttonLook("quiet", "ml-auto")}>
          Undo
        </button>
      </div>
    </fieldset>
  );
};

const choiceLook = (chosen: boolean): string =>
  "relative inline-flex min-h-(--control-height) cursor-pointer items-center rounded-control border px-3 text-(length:--control-text) " +
  "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent " +
  (chosen ? "border-accent bg-accent font-medium text-on-accent" : "border-edge bg-surface hover:bg-sunken");
