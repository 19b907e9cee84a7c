import type { ReactNode } from "react";
import { SelectField } from "./select-field";
import { TextField } from "./text-field";

type SigningFieldsProps = {
  readonly id: string;
  /** What a signature can mean here. */
  readonly meanings: readonly { readonly value: string; readonly label: ReactNode }[];
  readonly meaning: string;
  readonly password: string;
  readonly onMeaning: (value: string) => void;
  readonly onPassword: (value: string) => void;
  readonly hint?: ReactNode;
  readonly passwordError?: string | undefined;
};

/** Meaning and password, side by side where there is room. The password is kept nowhere but in these fields. */
export const SigningFields = ({
  id,
  meanings,
  meaning,
  password,
  onMeaning,
  onPassword,
  hint,
  passwordError,
}: SigningFieldsProps) => (
  <div className="grid gap-x-4 gap-y-3 sm:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
    <SelectField
      id={`${id}-meaning`}
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
    <TextField
      id={`${id}-password`}
      type="password"
      label="Your password, again"
      autoComplete="current-password"
      value={password}
      onChange={(event) => onPassword(event.target.value)}
      error={passwordError}
    />
  </div>
);
