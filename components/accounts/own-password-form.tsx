"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmationFields } from "@/components/ui/confirmation-fields";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { confirmationError, useConfirmation } from "@/lib/client/use-confirmation";
import type { FieldFault } from "@/lib/contracts/problem";
import { useAccountForm } from "./use-account-form";

const missing = (path: string, message: string): FieldFault => ({ path, code: "REQUIRED", message });

/** Replaces one's own password; one signs in anew with it. */
export const OwnPasswordForm = ({ hasSecondFactor }: { readonly hasSecondFactor: boolean }) => {
  const confirmation = useConfirmation(hasSecondFactor);
  const [wanted, setWanted] = useState({ first: "", again: "" });
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: () => [
      ...confirmation.missing(),
      ...(wanted.first === "" ? [missing("newPassword", "Type the new password.")] : []),
      ...(wanted.first === wanted.again ? [] : [missing("newPassword", "The new password was not typed alike twice.")]),
    ],
    sending: () => ({
      method: "PUT",
      address: "/api/v1/account/password",
      body: { ...confirmation.sent(), newPassword: wanted.first },
    }),
    answered: (told) => {
      confirmation.clear();
      confirmation.refused(told);
    },
    done: () => window.location.assign("/sign-in"),
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Change the password" className="max-w-2xl space-y-3">
      <ErrorSummary
        ref={summary}
        title="The password was not changed"
        errors={faults.map((fault) =>
          fault.path === "newPassword"
            ? {
                message: /^\p{Ll}/u.test(fault.message) ? `The new password ${fault.message}.` : fault.message,
                fieldId: "new-password",
              }
            : confirmationError("own", fault),
        )}
      />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <ConfirmationFields id="own" {...confirmation.fields} />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <TextField
          id="new-password"
          type="password"
          label="New password"
          autoComplete="new-password"
          hint="At least 12 characters"
          value={wanted.first}
          onChange={(event) => setWanted({ ...wanted, first: event.target.value })}
        />
        <TextField
          id="new-password-again"
          type="password"
          label="New password, again"
          autoComplete="new-password"
          value={wanted.again}
          onChange={(event) => setWanted({ ...wanted, again: event.target.value })}
        />
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" tone="primary" pending={isPending}>
          {isPending ? "Changing…" : "Change the password"}
        </Button>
        <span className="text-sm text-ink-soft">
          Every session and token of yours ends; you sign in with the new one.
        </span>
      </div>
    </form>
  );
};
