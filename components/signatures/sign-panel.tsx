"use client";

import { useRouter } from "next/navigation";
import { type ReactNode, type SubmitEvent, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { SigningFields } from "@/components/ui/signing-fields";
import { TextareaField } from "@/components/ui/textarea-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { newEntryId } from "@/lib/client/entry-id";
import { faultsOf, send } from "@/lib/client/send";
import { confirmationError, useConfirmation } from "@/lib/client/use-confirmation";
import type { Signer } from "@/lib/contracts/confirmation";
import type { FieldFault } from "@/lib/contracts/problem";
import { type Meaning, meaningsOf, type SubjectKind } from "@/lib/domain/signatures/signing";
import { meaningChoices } from "@/lib/domain/language/signature-words";

type SignPanelProps = {
  /** Decides what the signature can mean. */
  readonly kind: SubjectKind;
  /** Whose printed name it will have. */
  readonly signer: Signer;
  /** Where it is sent: `{...body, reason?, signature: {id, password, code?, meaning}}`. */
  readonly address: string;
  readonly body: Readonly<Record<string, unknown>>;
  /** What the button says: "Sign the protocol". */
  readonly submit: string;
  /** Asks for a text beside the signature, sent under `name`. */
  readonly reason?: { readonly name: string; readonly label: string; readonly hint?: string } | undefined;
  /** What is signed, above the fields. */
  readonly children?: ReactNode;
};

/** Signs one thing: what the signature means, chosen from a list, and password and code, each time again. */
export const SignPanel = ({ kind, signer, address, body, submit, reason, children }: SignPanelProps) => {
  const router = useRouter();
  const fieldId = useId();
  const [meaning, setMeaning] = useState<Meaning>(meaningsOf(kind)[0]);
  const confirmation = useConfirmation(signer.secondFactor);
  const [reasonText, setReasonText] = useState("");
  const [id, setId] = useState(newEntryId);
  const [pending, setPending] = useState(false);
  const [failures, setFailures] = useState<readonly FieldFault[]>([]);
  const summary = useErrorFocus(failures);

  const sign = async (): Promise<void> => {
    const missing = [
      ...(reason !== undefined && reasonText.trim() === ""
        ? [{ path: "reason", code: "REQUIRED", message: `${reason.label} is missing.` }]
        : []),
      ...confirmation.missing(),
    ];
    setFailures(missing);
    if (missing.length > 0) return;
    setPending(true);
    const sent = await send("POST", address, {
      ...body,
      ...(reason === undefined ? {} : { [reason.name]: reasonText.trim() }),
      signature: { id, meaning, ...confirmation.sent() },
    });
    setPending(false);
    confirmation.clear();
    if (sent.kind === "done") {
      setId(newEntryId());
      setReasonText("");
      router.refresh();
      return;
    }
    const faults = faultsOf(sent);
    confirmation.refused(faults);
    setFailures(faults);
  };

  const submitted = (event: SubmitEvent<HTMLFormElement>): void => {
    event.preventDefault();
    void sign();
  };

  return (
    <form noValidate onSubmit={submitted} className="max-w-2xl space-y-3 print:hidden">
      {children}
      <ErrorSummary
        ref={summary}
        title="Not signed"
        errors={failures.map((fault) =>
          fault.path === "reason"
            ? { message: fault.message, fieldId: `${fieldId}-reason` }
            : confirmationError(fieldId, fault),
        )}
      />
      {reason === undefined ? null : (
        <TextareaField
          id={`${fieldId}-reason`}
          label={reason.label}
          hint={reason.hint}
          rows={2}
          maxLength={1000}
          value={reasonText}
          onChange={(event) => setReasonText(event.target.value)}
        />
      )}
      <SigningFields
        id={fieldId}
        meanings={meaningChoices(kind)}
        meaning={meaning}
        onMeaning={(value) => setMeaning(value as Meaning)}
        {...confirmation.fields}
        hint={`Printed as: ${signer.name}`}
      />
      <Button type="submit" tone="primary" pending={pending}>
        {pending ? "Signing…" : submit}
      </Button>
    </form>
  );
};
