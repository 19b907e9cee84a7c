"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextareaField } from "@/components/ui/textarea-field";
import { useAccountForm } from "./use-account-form";

type RemoveFactorProps = { readonly email: string; readonly name: string };

/** Takes the second factor off the account of somebody who lost the device, for a reason. */
export const RemoveFactor = ({ email, name }: RemoveFactorProps) => {
  const [reason, setReason] = useState("");
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: () =>
      reason.trim() === "" ? [{ path: "reason", code: "REQUIRED", message: "Say why it is taken off." }] : [],
    sending: () => ({
      method: "POST",
      address: `/api/v1/users/${encodeURIComponent(email)}/second-factor/remove`,
      body: { reason: reason.trim() },
    }),
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Take the second factor off" className="space-y-3">
      <p>
        For a device that is lost: the password alone opens the account then, and whatever is open in its name ends.
        Make sure that it is {name} who asks.
      </p>
      <ErrorSummary
        ref={summary}
        title="Not taken off"
        errors={faults.map(({ message }) => ({ message, fieldId: "removal-reason" }))}
      />
      <TextareaField
        id="removal-reason"
        label="Why it is taken off"
        hint="It stands in the audit trail with your name"
        rows={2}
        maxLength={1000}
        value={reason}
        onChange={(event) => setReason(event.target.value)}
      />
      <Button type="submit" tone="danger" pending={isPending}>
        {isPending ? "Taking it off…" : "Take the second factor off"}
      </Button>
    </form>
  );
};
