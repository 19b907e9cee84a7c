"use client";

import { type KeyboardEvent, type RefObject, useRef, useState } from "react";
import { useController } from "react-hook-form";
import { NORMAL, type SignCategory, type SignValue } from "@/components/record/entry-values";
import { useEntry } from "@/components/record/use-entry-form";
import { focusNextStop } from "./entry-stops";

/** The usual signs of each category; what is not among them is described. */
const SIGNS: Readonly<Record<SignCategory, readonly string[]>> = {
  Appetite: ["Eats less", "Eats nothing"],
  Activity: ["Less active", "Inactive", "Restless"],
  Grooming: ["Coat rough", "Not groomed"],
  Posture: ["Hunched", "Lies down"],
  Skin: ["Red", "Pale", "Scabs"],
};

export type SignControl = {
  readonly sign: SignValue;
  /** Normal first, then the usual signs. */
  readonly choices: readonly string[];
  /** It is being described. */
  readonly other: boolean;
  readonly group: RefObject<HTMLFieldSetElement | null>;
  readonly set: (change: Partial<SignValue>) => void;
  readonly choose: (text: string) => void;
  readonly describe: () => void;
  readonly onKey: (event: KeyboardEvent) => void;
};

/** `n` or 1 is normal, 2 and on the usual signs, the last digit a described one; then the next category is in focus. */
const choiceOfKey = (key: string): number => (key.toLowerCase() === "n" ? 0 : Number(key) - 1);

export const useSignChoice = (category: SignCategory, place: number): SignControl => {
  const { form } = useEntry();
  const { field } = useController({ name: `signs.${place}` as "signs.0", control: form.control });
  const sign = field.value;
  const choices = [NORMAL, ...SIGNS[category]];
  const [other, setOther] = useState(sign.text !== "" && !choices.includes(sign.text));
  const group = useRef<HTMLFieldSetElement>(null);
  const set = (change: Partial<SignValue>): void => field.onChange({ ...sign, category, ...change });
  const choose = (text: string): void => {
    setOther(false);
    set(text === NORMAL ? { text, severity: "" } : { text });
    if (category === "Skin" && text === NORMAL) form.setValue("skin", { exfoliation: false, bullae: false });
  };
  const describe = (): void => {
    setOther(true);
    set({ text: "" });
  };
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = choiceOfKey(event.key);
    const chosen = choices[at];
    if (at === choices.length) {
      event.preventDefault();
      describe();
    } else if (chosen !== undefined) {
      event.preventDefault();
      choose(chosen);
      const around = group.current?.closest("form") ?? null;
      if (around !== null && event.target instanceof Element) focusNextStop(around, event.target);
    }
  };
  return { sign, choices, other, group, set, choose, describe, onKey };
};
