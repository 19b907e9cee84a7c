import type { ReactNode } from "react";
import { Glyph } from "./glyph";

/** What every field takes beside its input's own attributes. */
export type FieldWords = {
  readonly label: ReactNode;
  readonly hint?: ReactNode;
  /** What is wrong, with which value, and the way out. Replaces the hint on the same line. */
  readonly error?: string | undefined;
  /** Keeps two lines free below, even without hint or error, so that a message moves nothing. */
  readonly keepLine?: boolean;
};

export const describedBy = (id: string, { hint, error }: FieldWords, also?: string): string | undefined => {
  const ids = [error === undefined && hint === undefined ? null : `${id}-note`, also ?? null].filter(
    (part) => part !== null,
  );
  return ids.length === 0 ? undefined : ids.join(" ");
};

/** The look of a control, shared by everything one types or chooses in. */
export const CONTROL_LOOK =
  "min-h-(--control-height) w-full rounded-control border border-edge bg-surface px-3 text-(length:--control-text) text-ink " +
  "placeholder:text-ink-faint hover:border-ink-soft aria-invalid:border-2 aria-invalid:border-stopped " +
  "disabled:border-hairline disabled:bg-sunken disabled:text-ink-soft [&[readonly]]:bg-sunken";

type FieldNoteProps = { readonly id: string; readonly words: FieldWords };

/** Under a control: its hint, or what is wrong. It keeps its height when `keepLine` is set. */
export const FieldNote = ({ id, words: { hint, error, keepLine } }: FieldNoteProps) => {
  if (error === undefined && hint === undefined && keepLine !== true) return null;
  return (
    <p
      id={`${id}-note`}
      role={error === undefined ? undefined : "alert"}
      className={`mt-1 text-sm ${keepLine === true ? "min-h-[2.8em]" : ""} ${error === undefined ? "text-ink-faint" : "font-medium text-stopped"}`}
    >
      {error === undefined ? (
        hint
      ) : (
        <>
          <Glyph name="warning" className="mr-1.5 align-[-0.08em]" />
          {error}
        </>
      )}
    </p>
  );
};

type FieldFrameProps = {
  readonly id: string;
  readonly words: FieldWords;
  readonly className?: string | undefined;
  readonly children: ReactNode;
};

/** Label above, control, one line below. */
export const FieldFrame = ({ id, words, className, children }: FieldFrameProps) => (
  <div className={className}>
    <label htmlFor={id} className="mb-1 block text-sm font-medium text-ink">
      {words.label}
    </label>
    {children}
    <FieldNote id={id} words={words} />
  </div>
);
