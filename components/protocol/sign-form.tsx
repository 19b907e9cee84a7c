"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
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
  const summary = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const form = useForm({ resolver: zodResolver(protocolSignature), defaultValues: { password: "", savedAt } });
  const { errors, isSubmitting } = form.formState;

  const sign = form.handleSubmit(async (values) => {
    setFailure(null);
    const sent = await sendJson("POST", `/api/v1/studies/${encodeURIComponent(code)}/protocol/sign`, {
      ...values,
      savedAt,
    });
    if (sent.outcome === "done") {
      router.refresh();
      return;
    }
    setFailure(
      sent.outcome === "no-network"
        ? NO_NETWORK
        : faultsOf(sent.problem)
            .map(({ message }) => message)
            .join(" "),
    );
    form.resetField("password");
    requestAnimationFrame(() => summary.current?.focus());
  });

  if (obstacle !== null) return <p className="text-ink-soft">{obstacle}</p>;
  return (
    <form noValidate onSubmit={(event) => void sign(event)} className="max-w-md space-y-3">
      <ErrorSummary
        ref={summary}
        title="Not signed"
        errors={failure === null ? [] : [{ message: failure, fieldId: "sign-password" }]}
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
