import type { ComponentProps, ReactNode } from "react";

type ChoiceChipProps = Pick<ComponentProps<"input">, "name" | "onKeyDown"> & {
  readonly value: string;
  readonly chosen: boolean;
  /** What is out of the ordinary stands out when it is chosen. */
  readonly tone?: "accent" | "attention";
  readonly onChoose: () => void;
  readonly children: ReactNode;
};

const CHOSEN = {
  accent: "border-accent bg-accent font-medium text-on-accent",
  attention: "border-withheld-edge bg-withheld-soft font-semibold text-ink ring-1 ring-withheld-edge",
} as const;

/** One of a row of choices that may wrap: a radio button as large as its word. Arrow keys move within the row's name. */
export const ChoiceChip = ({ value, chosen, tone = "accent", onChoose, children, ...input }: ChoiceChipProps) => (
  <label
    className={
      "relative inline-flex min-h-(--control-height) cursor-pointer items-center rounded-control border px-3.5 text-(length:--control-text) " +
      "has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent " +
      (chosen ? CHOSEN[tone] : "border-edge bg-surface hover:bg-sunken")
    }
  >
    <input
      {...input}
      type="radio"
      value={value}
      checked={chosen}
      onChange={onChoose}
      className="absolute inset-0 cursor-pointer appearance-none outline-none"
    />
    {children}
  </label>
);
