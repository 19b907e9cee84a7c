import { SelectField } from "@/components/ui/select-field";
import { TextField } from "@/components/ui/text-field";
import { meaningText, meaningsOf } from "@/lib/domain/signatures/signing";
import type { Meaning, SubjectKind } from "@/lib/domain/signatures/signing";

/** What somebody has typed and chosen to sign with. */
export type TypedSignature = { readonly meaning: Meaning; readonly password: string };

export const unsigned = (kind: SubjectKind): TypedSignature => ({ meaning: meaningsOf(kind)[0], password: "" });

type SignatureFieldsProps = {
  readonly id: string;
  readonly kind: SubjectKind;
  readonly signerName: string;
  readonly value: TypedSignature;
  readonly onChange: (value: TypedSignature) => void;
  readonly errors?: { readonly meaning?: string | undefined; readonly password?: string | undefined };
};

/** Meaning and password, side by side where there is room. The password is kept nowhere but in these fields. */
export const SignatureFields = ({ id, kind, signerName, value, onChange, errors = {} }: SignatureFieldsProps) => (
  <div className="grid gap-3 sm:grid-cols-2">
    <SelectField
      id={`${id}-meaning`}
      label="What your signature means"
      value={value.meaning}
      onChange={(event) => onChange({ ...value, meaning: event.target.value as Meaning })}
      error={errors.meaning}
      hint={`Printed as: ${signerName}`}
    >
      {meaningsOf(kind).map((meaning) => (
        <option key={meaning} value={meaning}>
          {meaningText(meaning)}
        </option>
      ))}
    </SelectField>
    <TextField
      id={`${id}-password`}
      type="password"
      label="Your password, again"
      autoComplete="current-password"
      value={value.password}
      onChange={(event) => onChange({ ...value, password: event.target.value })}
      error={errors.password}
    />
  </div>
);
