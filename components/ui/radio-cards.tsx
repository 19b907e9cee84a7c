import { useId } from "react";
import { checkedProps, type Choice, type ChoiceInput } from "./choice";
import { FieldNote, type FieldWords } from "./field-frame";

type RadioCardsProps = FieldWords &
  ChoiceInput & { readonly choices: readonly Choice[]; readonly columns?: 1 | 2 | 3; readonly className?: string };

const COLUMNS = { 1: "", 2: "sm:grid-cols-2", 3: "sm:grid-cols-3" } as const;

/** One of a few, each with what it means. For a choice that must be made: nothing is chosen unless a value is given. */
export const RadioCards = ({
  label,
  hint,
  error,
  keepLine = false,
  choices,
  columns = 1,
  className = "",
  value,
  defaultValue,
  ...input
}: RadioCardsProps) => {
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
      <div className={`grid gap-2 ${COLUMNS[columns]}`}>
        {choices.map((choice) => (
          <label
            key={choice.value}
            className={
              "flex min-h-(--control-height) cursor-pointer items-start gap-2.5 rounded-control border bg-surface px-3 py-2 " +
              "has-checked:border-accent has-checked:bg-accent-soft has-checked:ring-1 has-checked:ring-accent has-focus-visible:outline-2 " +
              "has-focus-visible:outline-offset-2 has-focus-visible:outline-accent has-disabled:cursor-not-allowed has-disabled:text-ink-faint " +
              (error === undefined ? "border-edge hover:border-ink-soft" : "border-stopped")
            }
          >
            <input
              {...input}
              {...checkedProps(choice, value, defaultValue)}
              type="radio"
              value={choice.value}
              disabled={choice.disabled}
              className="mt-[0.2em] size-[1.15em] shrink-0 accent-accent outline-none"
            />
            <span className="text-(length:--control-text)">
              <span className="block font-medium">{choice.label}</span>
              {choice.detail === undefined ? null : (
                <span className="block text-sm text-ink-soft">{choice.detail}</span>
              )}
            </span>
          </label>
        ))}
      </div>
      <FieldNote id={groupId} words={words} />
    </fieldset>
  );
};
