import { CodeField } from "./code-field";
import { TextField } from "./text-field";

export type ConfirmationFieldsProps = {
  readonly id: string;
  readonly password: string;
  /** Null where no second factor is set: then none is asked for. */
  readonly code: string | null;
  readonly onPassword: (value: string) => void;
  readonly onCode: (value: string) => void;
  readonly passwordError?: string | undefined;
  readonly codeError?: string | undefined;
  /** Of each field. */
  readonly className?: string;
};

/** The password again, and the code beside it where one is asked for. They are kept nowhere but in these fields. */
export const ConfirmationFields = ({
  id,
  password,
  code,
  onPassword,
  onCode,
  passwordError,
  codeError,
  className,
}: ConfirmationFieldsProps) => (
  <>
    <TextField
      id={`${id}-password`}
      className={className}
      type="password"
      label="Your password, again"
      autoComplete="current-password"
      value={password}
      onChange={(event) => onPassword(event.target.value)}
      error={passwordError}
    />
    {code === null ? null : (
      <CodeField id={`${id}-code`} className={className} value={code} onChange={onCode} error={codeError} />
    )}
  </>
);
