"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { focusOnMount } from "@/components/ui/focus-on-mount";
import { Notice } from "@/components/ui/notice";
import { TextField } from "@/components/ui/text-field";
import { useAccountForm } from "./use-account-form";

type GivePasswordProps = { readonly email: string; readonly isLocked: boolean };

/** A new password for somebody who lost theirs; it ends a lock as well. */
export const GivePassword = ({ email, isLocked }: GivePasswordProps) => {
  const router = useRouter();
  const [password, setPassword] = useState("");
  const [isDone, setDone] = useState(false);
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: () => (password === "" ? [{ path: "password", code: "REQUIRED", message: "Type the new password." }] : []),
    sending: () => ({ method: "PUT", address: `/api/v1/users/${encodeURIComponent(email)}`, body: { password } }),
    done: () => {
      setPassword("");
      setDone(true);
      router.refresh();
    },
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Give a new password" className="space-y-3">
      <p>
        A new password ends {isLocked ? "the lock, and " : ""}every session and token of the account. Tell it in person,
        and have it changed on “Your account”. It stands in the audit trail that you gave one.
      </p>
      <ErrorSummary
        ref={summary}
        title="The password was not changed"
        errors={faults.map(({ message }) => ({
          message: /^\p{Ll}/u.test(message) ? `The password ${message}.` : message,
          fieldId: "given-password",
        }))}
      />
      {isDone ? <Notice tone="accent" title="The password is the new one." live /> : null}
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          ref={focusOnMount}
          id="given-password"
          className="w-full max-w-xs"
          type="password"
          label="New password"
          autoComplete="new-password"
          value={password}
          onChange={(event) => {
            setDone(false);
            setPassword(event.target.value);
          }}
        />
        <Button type="submit" pending={isPending}>
          {isPending ? "Changing…" : "Give this password"}
        </Button>
      </div>
    </form>
  );
};
