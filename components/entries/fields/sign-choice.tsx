"use client";

import { type KeyboardEvent, useRef, useState } from "react";
import { useController } from "react-hook-form";
import { TextField } from "@/components/ui/text-field";
import { NORMAL, type SignCategory } from "../entry-values";
import { useEntry } from "../use-entry-form";
import { ENTRY_STOP, focusNextStop } from "./entry-stops";

/** The usual signs of each category; what is not among them is described. */
const SIGNS: Readonly<Record<SignCategory, readonly string[]>> = {
  Appetite: ["Eats less", "Eats nothing"],
  Activity: ["Less active", "Inactive", "Restless"],
  Grooming: ["Coat rough", "Not groomed"],
  Posture: ["Hunched", "Lies down"],
  Skin: ["Red", "Pale", "Scabs"],
};

const SEVERITIES = ["mild", "moderate", "severe"] as const;

const look = (chosen: boolean, normal: boolean): string =>
  "relative inline-flex min-h-(--control-height) cursor-pointer items-center rounded-control border px-3.5 text-(length:--control-text) " +
  "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent " +
  (chosen
    ? normal
      ? "border-accent bg-accent font-medium text-on-accent"
      : "border-withheld-edge bg-withheld-soft font-semibold text-ink ring-1 ring-withheld-edge"
    : "border-edge bg-surface hover:bg-sunken");

type SignChoiceProps = { readonly category: SignCategory; readonly place: number };

/** Normal, a usual sign or a described one, by one key or tap: `n` or 1 is normal, and the next category is in focus. */
export const SignChoice = ({ category, place }: SignChoiceProps) => {
  const { form } = useEntry();
  const { field } = useController({ name: `signs.${place}` as "signs.0", control: form.control });
  const { text, severity } = field.value;
  const group = useRef<HTMLFieldSetElement>(null);
  const choices = [NORMAL, ...SIGNS[category]];
  const [other, setOther] = useState(text !== "" && !choices.includes(text));
  const choose = (sign: string): void => {
    setOther(false);
    field.onChange({ category, text: sign, severity: sign === NORMAL ? "" : severity });
    if (category === "Skin" && sign === NORMAL) form.setValue("skin", { exfoliation: false, bullae: false });
  };
  const describe = (): void => {
    setOther(true);
    field.onChange({ category, text: "", severity });
  };

  const onKey = (event: KeyboardEvent<HTMLElement>): void => {
    const { target, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey || (target instanceof HTMLElement && target.matches("[type=text]"))) return;
    const number = event.key.toLowerCase() === "n" ? 1 : Number(event.key);
    const chosen = choices[number - 1];
    if (number === choices.length + 1) {
      event.preventDefault();
      describe();
    } else if (chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
      const around = group.current?.closest("form");
      if (around !== null && around !== undefined && target instanceof Element) focusNextStop(around, target);
    }
  };

  return (
    <fieldset
      {...{ [ENTRY_STOP]: "" }}
      ref={group}
      id={`entry-signs-${String(place)}`}
      onKeyDown={onKey}
      className="grid items-start gap-x-4 gap-y-1 border-b border-hairline py-2 last:border-b-0 sm:grid-cols-[7rem_1fr]"
    >
      <legend className="sr-only">{category}</legend>
      <span aria-hidden="true" className="pt-3.5 text-lg font-semibold max-sm:pt-0">
        {category}
      </span>
      <div className="flex flex-wrap items-center gap-1.5">
        {choices.map((sign) => (
          <label key={sign} className={look(!other && text === sign, sign === NORMAL)}>
            <input
              type="radio"
              name={`sign-${category}`}
              value={sign}
              checked={!other && text === sign}
              onChange={() => choose(sign)}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            {sign}
          </label>
        ))}
        <label className={look(other, false)}>
          <input
            type="radio"
            name={`sign-${category}`}
            value=""
            checked={other}
            onChange={describe}
            className="absolute inset-0 cursor-pointer appearance-none outline-none"
          />
          Other…
        </label>
        {other ? (
          <TextField
            label={<span className="sr-only">{`${category}: what was seen`}</span>}
            value={text}
            maxLength={500}
            placeholder="What was seen"
            onChange={(event) => field.onChange({ category, text: event.target.value, severity })}
            autoFocus
            className="min-w-56 flex-1 [&_label]:sr-only"
          />
        ) : null}
        {text === "" || text === NORMAL ? null : (
          <Severity
            category={category}
            severity={severity}
            onChange={(chosen) => field.onChange({ category, text, severity: chosen })}
          />
        )}
      </div>
    </fieldset>
  );
};

type SeverityProps = { readonly category: string; readonly severity: string; readonly onChange: (severity: string) => void };

/** How much of it; the same again takes it back. It is kept as said and is no grade. */
export const Severity = ({ category, severity, onChange }: SeverityProps) => (
  <span role="group" aria-label={`${category}: how severe`} className="inline-flex rounded-control border border-hairline">
    {SEVERITIES.map((step) => (
      <button
        key={step}
        type="button"
        aria-pressed={severity === step}
        onClick={() => onChange(severity === step ? "" : step)}
        className="min-h-11 min-w-11 border-r border-hairline px-2.5 text-base text-ink-soft last:border-r-0 hover:bg-sunken aria-pressed:bg-sunken aria-pressed:font-semibold aria-pressed:text-ink"
      >
        {step}
      </button>
    ))}
  </span>
);
