import { type ComponentProps, type ReactNode, useId } from "react";
import { CONTROL_LOOK, describedBy, FieldFrame, type FieldWords } from "./field-frame";
import { Unit } from "./quantity";

type NumberFieldProps = Omit<ComponentProps<"input">, "type"> &
  FieldWords & {
    /** Always beside the number: a text, or a choice of units where an instrument may give several. */
    readonly unit: string | ReactNode;
  };

/**
 * A number with its unit. It is a text input, so that what is typed ("7.50", "<0.2") arrives as typed, with a decimal
 * keypad on a tablet; reading it is the schema's part. The line below keeps its height.
 */
export const NumberField = ({
  label,
  hint,
  error,
  keepLine = true,
  unit,
  id,
  className,
  ...input
}: NumberFieldProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  const unitId = `${fieldId}-unit`;
  return (
    <FieldFrame id={fieldId} words={words} className={className}>
      <div className="flex items-center gap-2">
        <input
          inputMode="decimal"
          autoComplete="off"
          spellCheck={false}
          enterKeyHint="next"
          {...input}
          type="text"
          id={fieldId}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(fieldId, words, unitId)}
          className={`${CONTROL_LOOK} min-w-0 text-right text-(length:--value-text) font-semibold aria-invalid:bg-stopped-soft`}
        />
        <span id={unitId} className="min-w-12 shrink-0 text-sm text-ink-soft">
          {typeof unit === "string" ? <Unit className="">{unit}</Unit> : unit}
        </span>
      </div>
    </FieldFrame>
  );
};
