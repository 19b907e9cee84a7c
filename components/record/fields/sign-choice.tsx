"use client";

import { ChoiceChip } from "@/components/ui/choice-chip";
import { CONTROL_LOOK } from "@/components/ui/field-frame";
import { focusOnMount } from "@/components/ui/focus-on-mount";
import { NORMAL, type SignCategory } from "@/components/record/entry-values";
import { ENTRY_STOP } from "./entry-stops";
import { Severity } from "./severity";
import { useSignChoice } from "./use-sign-choice";

type SignChoiceProps = { readonly category: SignCategory; readonly place: number };

/** Normal, a usual sign or a described one, by one key or tap. */
export const SignChoice = ({ category, place }: SignChoiceProps) => {
  const { sign, choices, other, group, set, choose, describe, onKey } = useSignChoice(category, place);
  const name = `sign-${category}`;
  return (
    <fieldset
      {...{ [ENTRY_STOP]: "" }}
      ref={group}
      id={`entry-signs-${String(place)}`}
      className="grid items-start gap-x-4 gap-y-1 border-b border-hairline py-2 sm:grid-cols-[7rem_1fr]"
    >
      <legend className="sr-only">{category}</legend>
      <span aria-hidden="true" className="pt-3.5 text-lg font-semibold max-sm:pt-0">
        {category}
      </span>
      <div className="flex flex-wrap items-center gap-1.5">
        {choices.map((text) => (
          <ChoiceChip
            key={text}
            name={name}
            value={text}
            tone={text === NORMAL ? "accent" : "attention"}
            chosen={!other && sign.text === text}
            onChoose={() => choose(text)}
            onKeyDown={onKey}
          >
            {text}
          </ChoiceChip>
        ))}
        <ChoiceChip name={name} value="" tone="attention" chosen={other} onChoose={describe} onKeyDown={onKey}>
          Other…
        </ChoiceChip>
        {other ? (
          <input
            ref={focusOnMount}
            type="text"
            aria-label={`${category}: what was seen`}
            placeholder="What was seen"
            value={sign.text}
            maxLength={500}
            onChange={(event) => set({ text: event.target.value })}
            className={`${CONTROL_LOOK} w-auto min-w-56 flex-1`}
          />
        ) : null}
        {sign.text === "" || sign.text === NORMAL ? null : (
          <Severity category={category} severity={sign.severity} onChange={(severity) => set({ severity })} />
        )}
      </div>
    </fieldset>
  );
};
