import type { ComponentProps, ReactNode } from "react";

export type Choice = {
  readonly value: string;
  readonly label: ReactNode;
  /** What choosing it means, in a sentence. */
  readonly detail?: ReactNode;
  readonly disabled?: boolean;
};

/**
 * What a group of radio buttons takes for its inputs: react-hook-form's `register("name")` as it is, or `name`,
 * `onChange` and `value` (or `defaultValue`) by hand.
 */
export type ChoiceInput = Pick<ComponentProps<"input">, "onChange" | "onBlur" | "ref" | "required"> & {
  readonly name: string;
  readonly value?: string;
  readonly defaultValue?: string;
};

/** Checked by hand where a value is given, else left to the form. */
export const checkedProps = (
  choice: Choice,
  value: string | undefined,
  defaultValue: string | undefined,
): { readonly checked?: boolean; readonly defaultChecked?: boolean } => {
  if (value !== undefined) return { checked: choice.value === value };
  return defaultValue === undefined ? {} : { defaultChecked: choice.value === defaultValue };
};
