"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import { protocolSignature } from "@/lib/contracts/protocol";

type SignFormProps = {
  readonly code: string;
  readonly savedAt: string;
  /** Why it cannot be signed yet, with the way out; null when it can. */
  readonly obstacle: string | null;
};

/** The password again: what is signed is the draft as it was read, and it cannot be changed afterwards. */
export const SignForm = ({ code, savedAt, obstacle }: SignFormProps) => {
  const router = useRouter();
  const [failures, setFailures] = useState<readonly string[]>([]);
  const summary = useErrorFocus(failures);
  const form = useForm({ resolver: zodResolver(protocolSignature), defaultValues: { password: "", savedAt } });
  const { errors, isSubmitting } = form.formState;

  const sign = form.handleSubmit(async (values) => {
    setFailures([]);
    const sent = await sendJson("POST", `/api/v1/studies/${encodeURIComponent(code)}/protocol/sign`, {
      ...values,
      savedAt,
    });
    if (sent.outcome === "done") {
      router.refresh();
      return;
    }
    setFailures(sent.outcome === "no-network" ? [NO_NETWORK] : faultsOf(sent.problem).map(({ message }) => message));
    form.resetField("password");
  });

  if (obstacle !== null) return <p className="text-ink-soft">{obstacle}</p>;
  return (
    <form noValidate onSubmit={(event) => void sign(event)} className="max-w-md space-y-3">
      <ErrorSummary
        ref={summary}
        title="Not signed"
        errors={failures.map((message) => ({ message, fieldId: "sign-password" }))}
      />
      <TextField
        {...form.register("password")}
        id="sign-password"
        type="password"
        label="Your password, again"
        autoComplete="current-password"
        error={errors.password?.message}
        hint="Signing means: approved, in force from the beginning of the study."
      />
      <Button type="submit" tone="primary" pending={isSubmitting}>
        {isSubmitting ? "Signing…" : "Sign the protocol"}
      </Button>
    </form>
  );
};
