import { type ComponentProps, useId } from "react";
import { CONTROL_LOOK, describedBy, FieldFrame, type FieldWords } from "./field-frame";

type TextareaFieldProps = ComponentProps<"textarea"> & FieldWords;

/** Several lines of text: a reason, a comment, a pasted list. */
export const TextareaField = ({ label, hint, error, keepLine = false, id, className, ...area }: TextareaFieldProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  return (
    <FieldFrame id={fieldId} words={words} className={className}>
      <textarea
        rows={3}
        {...area}
        id={fieldId}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(fieldId, words, area["aria-describedby"])}
        className={`${CONTROL_LOOK} block py-2`}
      />
    </FieldFrame>
  );
};
