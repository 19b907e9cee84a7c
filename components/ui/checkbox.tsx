import { type ComponentProps, useId } from "react";
import { describedBy, FieldNote, type FieldWords } from "./field-frame";

type CheckboxProps = Omit<ComponentProps<"input">, "type"> & FieldWords;

/** Yes or no, with the whole line as its target. */
export const Checkbox = ({ label, hint, error, keepLine = false, id, className = "", ...input }: CheckboxProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  return (
    <div className={className}>
      <label className="flex min-h-(--control-height) cursor-pointer items-center gap-2.5 text-(length:--control-text)">
        <input
          {...input}
          type="checkbox"
          id={fieldId}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(fieldId, words, input["aria-describedby"])}
          className="size-[1.25em] shrink-0 accent-accent"
        />
        <span>{label}</span>
      </label>
      <FieldNote id={fieldId} words={words} />
    </div>
  );
};
