"use client";

import { Button } from "@/components/ui/button";
import { ConfirmationFields } from "@/components/ui/confirmation-fields";
import { ErrorSummary } from "@/components/ui/error-summary";
import { confirmationError, useConfirmation } from "@/lib/client/use-confirmation";
import { useAccountForm } from "./use-account-form";

/** Takes one's own second factor off. */
export const RemoveOwnFactor = () => {
  const confirmation = useConfirmation(true);
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: confirmation.missing,
    sending: () => ({
      method: "POST",
      address: "/api/v1/account/second-factor/remove",
      body: confirmation.sent(),
    }),
    answered: confirmation.clear,
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Take the second factor off" className="space-y-3 pt-1">
      <p className="text-ink-soft">
        The password alone opens the account then. The app&apos;s secret and the recovery codes are deleted.
      </p>
      <ErrorSummary
        ref={summary}
        title="Not taken off"
        errors={faults.map((fault) => confirmationError("factor-removal", fault))}
      />
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        <ConfirmationFields id="factor-removal" {...confirmation.fields} />
      </div>
      <Button type="submit" tone="danger" pending={isPending}>
        {isPending ? "Taking it off…" : "Take the second factor off"}
      </Button>
    </form>
  );
};
