"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { useEffect, useState } from "react";
import { useForm } from "react-hook-form";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { useErrorFocus } from "@/components/ui/use-error-focus";
import { signIn } from "@/lib/client/account-session";
import type { SignInOutcome } from "@/lib/client/account-session";
import { credentials } from "@/lib/contracts/accounts";

const MESSAGES: Readonly<Record<Exclude<SignInOutcome, "signed-in" | "CodeRequired">, string>> = {
  refused:
    "Email and password do not match, or the account is locked after too many attempts. Check both and try again; a lock ends after 15 minutes.",
  CodeRefused:
    "The code is not right. Type the one that your app shows now, or a recovery code. If it is refused again, set the clock of the app's device.",
  CodeUsed: "This code was used already, and each works once. Wait for the next one, at most 30 seconds.",
  CodeUnreadable:
    "The secret of this server has changed since your second factor was set, and it cannot check codes of your app. Type a recovery code, or ask an administrator to take the second factor off.",
  unavailable: "The server cannot check the password just now. Try again in a moment.",
  "no-network": "The server cannot be reached. Check the network of this device and try again.",
};

/** After these the code is typed again, and the password stays as it was. */
const AT_CODE: readonly SignInOutcome[] = ["CodeRequired", "CodeRefused", "CodeUsed", "CodeUnreadable"];

type SignInFormProps = { readonly returnTo: string };

const useSignIn = (returnTo: string) => {
  const [failures, setFailures] = useState<readonly string[]>([]);
  const [asksCode, setAsksCode] = useState(false);
  const form = useForm({
    resolver: zodResolver(credentials),
    defaultValues: { email: "", password: "", code: "" },
  });
  const { isSubmitting, isSubmitSuccessful } = form.formState;
  const startAgain = (): void => {
    setAsksCode(false);
    setFailures([]);
    form.resetField("password");
    form.resetField("code");
  };
  const submit = form.handleSubmit(async ({ email, password, code }) => {
    if (asksCode && (code ?? "").trim() === "") {
      setFailures(["Type the code that your app shows, or a recovery code."]);
      return;
    }
    setFailures([]);
    const outcome = await signIn(email, password, code ?? "");
    if (outcome === "signed-in") {
      window.location.assign(returnTo);
      return;
    }
    if (outcome === "refused") startAgain();
    if (AT_CODE.includes(outcome)) setAsksCode(true);
    if (outcome !== "CodeRequired") setFailures([MESSAGES[outcome]]);
    form.setValue("code", "");
  });
  const isLeaving = isSubmitSuccessful && failures.length === 0 && !asksCode;
  return { form, failures, asksCode, isPending: isSubmitting || isLeaving, submit, startAgain };
};

/** Email and password; then, of accounts that have a second factor, its code, on the same page. */
export const SignInForm = ({ returnTo }: SignInFormProps) => {
  const { form, failures, asksCode, isPending, submit, startAgain } = useSignIn(returnTo);
  const summary = useErrorFocus(failures);
  const { errors } = form.formState;
  useEffect(() => {
    if (asksCode) document.getElementById("sign-in-code")?.focus();
  }, [asksCode]);
  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="gloves space-y-5">
      <ErrorSummary
        ref={summary}
        title="Not signed in"
        errors={failures.map((message) => ({ message, fieldId: asksCode ? "sign-in-code" : null }))}
      />
      <div hidden={asksCode} className="space-y-5">
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
      </div>
      {asksCode ? (
        <>
          <p>
            The password of <strong className="font-semibold break-all">{form.getValues("email")}</strong> is right.
            This account has a second factor as well.
          </p>
          <CodeField
            id="sign-in-code"
            value={form.watch("code") ?? ""}
            onChange={(value) => form.setValue("code", value)}
          />
        </>
      ) : null}
      <Button type="submit" tone="primary" pending={isPending} className="w-full">
        {isPending ? "Signing in…" : "Sign in"}
      </Button>
      {asksCode ? (
        <Button tone="quiet" onClick={startAgain} className="w-full">
          As somebody else
        </Button>
      ) : null}
    </form>
  );
};
