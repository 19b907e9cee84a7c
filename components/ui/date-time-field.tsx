import { type ComponentProps, useId } from "react";
import { CONTROL_LOOK, describedBy, FieldFrame, type FieldWords } from "./field-frame";

type DateTimeFieldProps = Omit<ComponentProps<"input">, "type"> &
  FieldWords & {
    /** The offset that the typed local time has, such as "+01:00", or null while there is no time. */
    readonly offset: string | null;
    /** The IANA time zone whose clock is meant, such as "Europe/London". */
    readonly timeZone: string;
  };

/** Date and time on the clock of a named time zone, with the offset that makes it an instant beside it. */
export const DateTimeField = ({
  label,
  hint,
  error,
  keepLine = false,
  offset,
  timeZone,
  id,
  className,
  ...input
}: DateTimeFieldProps) => {
  const ownId = useId();
  const fieldId = id ?? ownId;
  const words: FieldWords = { label, hint, error, keepLine };
  const zoneId = `${fieldId}-zone`;
  return (
    <FieldFrame id={fieldId} words={words} className={className}>
      <div className="flex flex-wrap items-center gap-x-2">
        <input
          {...input}
          type="datetime-local"
          id={fieldId}
          aria-invalid={error !== undefined || undefined}
          aria-describedby={describedBy(fieldId, words, zoneId)}
          className={`${CONTROL_LOOK} max-w-64 min-w-0 flex-1`}
        />
        <span id={zoneId} className="text-sm whitespace-nowrap text-ink-soft">
          {offset === null ? "" : `UTC${offset.replace("-", "−")} · `}
          {timeZone}
        </span>
      </div>
    </FieldFrame>
  );
};
