import type { ComponentProps, ReactNode } from "react";

export type FieldError = {
  readonly message: string;
  /** The id of the field it is about; null when it is about the form as a whole. */
  readonly fieldId: string | null;
};

type ErrorSummaryProps = ComponentProps<"div"> & { readonly title?: ReactNode; readonly errors: readonly FieldError[] };

/**
 * All that is wrong, at the top of a form, each a link to its field. It can take the focus (give it a ref and call
 * `focus()` after a refused submit). Draws nothing while there is nothing wrong.
 */
export const ErrorSummary = ({ title = "Nothing was saved", errors, ...rest }: ErrorSummaryProps) =>
  errors.length === 0 ? null : (
    <div
      {...rest}
      role="alert"
      tabIndex={-1}
      className="rounded-panel border-2 border-stopped bg-surface px-4 py-3 outline-offset-2"
    >
      <p className="font-semibold">{title}</p>
      <ul className="mt-1 space-y-1">
        {errors.map(({ message, fieldId }) => (
          <li key={`${fieldId ?? ""} ${message}`} className="text-stopped">
            {fieldId === null ? (
              message
            ) : (
              <a href={`#${fieldId}`} className="font-medium underline underline-offset-2">
                {message}
              </a>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
