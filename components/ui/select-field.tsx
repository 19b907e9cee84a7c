import { type ComponentProps, useId } from "react";
import { CONTROL_LOOK, describedBy, FieldFrame, type FieldWords } from "./field-frame";
import { Glyph } from "./glyph";

type SelectFieldProps = ComponentProps<"select"> & FieldWords;

/** One of many, by the platform's own list. Its options are children. */
export const SelectField = ({
  label,
  hint,
  error,
  keepLine = false,
  id,
  className,
  children,
  ...select
}: SelectFieldProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  return (
    <FieldFrame id={fieldId} words={words} className={className}>
      <div className="relative">
        <select
          {...select}
          id={fieldId}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(fieldId, words, select["aria-describedby"])}
          className={`${CONTROL_LOOK} appearance-none pr-9`}
        >
          {children}
        </select>
        <Glyph
          name="chevron"
          className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 rotate-90 text-ink-soft"
        />
      </div>
    </FieldFrame>
  );
};
