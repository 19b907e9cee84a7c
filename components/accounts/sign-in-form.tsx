"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useRef, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { signIn } from "@/lib/client/account-session";
import type { SignInOutcome } from "@/lib/client/account-session";
import { credentials } from "@/lib/contracts/accounts";

const MESSAGES: Readonly<Record<Exclude<SignInOutcome, "signed-in">, string>> = {
  refused:
    "Email and password do not match, or the account is locked after too many attempts. Check both and try again; a lock ends after 15 minutes.",
  unavailable: "The server cannot check the password just now. Try again in a moment.",
  "no-network": "The server cannot be reached. Check the network of this device and try again.",
};

type SignInFormProps = { readonly returnTo: string };

export const SignInForm = ({ returnTo }: SignInFormProps) => {
  const [failure, setFailure] = useState<string | null>(null);
  const summary = useRef<HTMLDivElement>(null);
  const form = useForm({
    resolver: zodResolver(credentials),
    defaultValues: { email: "", password: "" },
  });
  const { errors, isSubmitting, isSubmitSuccessful } = form.formState;
  useEffect(() => {
    if (failure !== null) summary.current?.focus();
  }, [failure]);
  const leaving = isSubmitSuccessful && failure === null;

  const submit = form.handleSubmit(async ({ email, password }) => {
    setFailure(null);
    const outcome = await signIn(email, password);
    if (outcome === "signed-in") {
      window.location.assign(returnTo);
      return;
    }
    setFailure(MESSAGES[outcome]);
    form.resetField("password");
  });

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="gloves space-y-5">
      <ErrorSummary
        ref={summary}
        title="Not signed in"
        errors={failure === null ? [] : [{ message: failure, fieldId: null }]}
      />
      <TextField
        {...form.register("email")}
        id="email"
        type="email"
        label="Email"
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        error={errors.email && "Type the email address of your account, such as ana@example.org."}
      />
      <TextField
        {...form.register("password")}
        id="password"
        type="password"
        label="Password"
        autoComplete="current-password"
        error={errors.password && "Type your password."}
      />
      <Button type="submit" tone="primary" pending={isSubmitting || leaving} className="w-full">
        {isSubmitting || leaving ? "Signing in…" : "Sign in"}
      </Button>
    </form>
  );
};
