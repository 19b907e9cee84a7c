import { type ComponentProps, useId } from "react";
import { CONTROL_LOOK, describedBy, FieldFrame, type FieldWords } from "./field-frame";

type TextFieldProps = ComponentProps<"input"> & FieldWords;

/** One line of text. Takes what react-hook-form's `register` gives, its ref included. */
export const TextField = ({ label, hint, error, keepLine = false, id, className, ...input }: TextFieldProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  return (
    <FieldFrame id={fieldId} words={words} className={className}>
      <input
        type="text"
        {...input}
        id={fieldId}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={describedBy(fieldId, words, input["aria-describedby"])}
        className={CONTROL_LOOK}
      />
    </FieldFrame>
  );
};
