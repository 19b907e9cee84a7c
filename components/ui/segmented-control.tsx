import { useId } from "react";
import { checkedProps, type Choice, type ChoiceInput } from "./choice";
import { FieldNote, type FieldWords } from "./field-frame";

type SegmentedControlProps = FieldWords &
  ChoiceInput & { readonly choices: readonly Choice[]; readonly className?: string };

/** One of two to five short words side by side; arrow keys move, as in any group of radio buttons. */
export const SegmentedControl = ({
  label,
  hint,
  error,
  keepLine = false,
  choices,
  className = "",
  value,
  defaultValue,
  ...input
}: SegmentedControlProps) => {
  const groupId = useId();
  const words: FieldWords = { label, hint, error, keepLine };
  const noted = error !== undefined || hint !== undefined;
  return (
    <fieldset
      role="radiogroup"
      className={className}
      aria-invalid={error !== undefined || undefined}
      aria-describedby={noted ? `${groupId}-note` : undefined}
    >
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div
        className={`inline-flex max-w-full flex-wrap rounded-control border bg-surface ${error === undefined ? "border-edge" : "border-stopped"}`}
      >
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={
              "relative flex min-h-[calc(var(--control-height)-2px)] min-w-11 cursor-pointer items-center justify-center border-r border-hairline px-3 " +
              "text-(length:--control-text) first:rounded-l-[5px] last:rounded-r-[5px] last:border-r-0 hover:bg-sunken " +
              "has-checked:bg-accent has-checked:font-medium has-checked:text-on-accent has-focus-visible:outline-2 has-focus-visible:outline-offset-2 " +
              "has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:text-ink-faint"
            }
          >
            <input
              {...input}
              {...checkedProps(choice, value, defaultValue)}
              type="radio"
              value={choice.value}
              disabled={choice.disabled}
              className="absolute inset-0 cursor-pointer appearance-none outline-none"
            />
            {choice.label}
          </label>
        ))}
      </div>
      <FieldNote id={groupId} words={words} />
    </fieldset>
  );
};
