import type { ReactNode } from "react";
import { ConfirmationFields, type ConfirmationFieldsProps } from "./confirmation-fields";
import { SelectField } from "./select-field";

type SigningFieldsProps = ConfirmationFieldsProps & {
  /** What a signature can mean here. */
  readonly meanings: readonly { readonly value: string; readonly label: ReactNode }[];
  readonly meaning: string;
  readonly onMeaning: (value: string) => void;
  readonly hint?: ReactNode;
};

const TWO = "@md:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]";
/** A meaning is a sentence: where three do not fit side by side, it has a line of its own. */
const THREE =
  "@md:grid-cols-2 @max-3xl:[&>:first-child]:col-span-full @3xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)_minmax(0,2fr)]";

/** Meaning, password and code, side by side where there is room. */
export const SigningFields = ({ meanings, meaning, onMeaning, hint, ...confirmation }: SigningFieldsProps) => (
  <div className="@container">
    <div className={`grid gap-x-4 gap-y-3 ${confirmation.code === null ? TWO : THREE}`}>
      <SelectField
        id={`${confirmation.id}-meaning`}
        label="What your signature means"
        value={meaning}
        onChange={(event) => onMeaning(event.target.value)}
        hint={hint}
      >
        {meanings.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </SelectField>
      <ConfirmationFields {...confirmation} />
    </div>
  </div>
);
