"use client";

import type { ChangeEvent } from "react";
import { SelectField } from "@/components/ui/select-field";
import { TextareaField } from "@/components/ui/textarea-field";
import { REASON_CODES, type ReasonCode } from "@/lib/contracts/entries/reason-codes";

type ReasonCodeFieldProps = {
  readonly codes: readonly ReasonCode[];
  readonly value: ReasonCode | "";
  readonly onChange: (event: ChangeEvent<HTMLSelectElement>) => void;
  readonly error?: string | undefined;
};

/** What was wrong, from the closed list; nothing is chosen for the one who corrects. */
export const ReasonCodeField = ({ codes, value, onChange, error }: ReasonCodeFieldProps) => (
  <SelectField id="entry-reasonCode" label="What was wrong" value={value} onChange={onChange} error={error} keepLine>
    <option value="">Choose…</option>
    {codes.map((code) => (
      <option key={code} value={code}>
        {REASON_CODES[code]}
      </option>
    ))}
  </SelectField>
);

type NoteFieldProps = {
  readonly value: string;
  readonly onChange: (event: ChangeEvent<HTMLTextAreaElement>) => void;
  readonly error?: string | undefined;
  readonly hint?: string | undefined;
  readonly maxLength?: number;
};

/** In words, beside the code: it stands in the record for ever. */
export const NoteField = ({ value, onChange, error, hint, maxLength = 1000 }: NoteFieldProps) => (
  <TextareaField
    id="entry-reason"
    label="Note"
    hint={hint ?? "How it came about. It stands beside the old value for ever."}
    rows={2}
    maxLength={maxLength}
    value={value}
    onChange={onChange}
    error={error}
    keepLine
  />
);
