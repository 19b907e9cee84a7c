"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeField } from "@/components/ui/code-field";
import { ErrorSummary } from "@/components/ui/error-summary";
import { TextField } from "@/components/ui/text-field";
import { type BegunFactor, begunFactor, setFactor } from "@/lib/contracts/accounts";
import { FactorSecret } from "./factor-secret";
import { useAccountForm } from "./use-account-form";

const ADDRESS = "/api/v1/account/second-factor";

const Begin = ({ onBegun }: { readonly onBegun: (begun: BegunFactor) => void }) => {
  const [password, setPassword] = useState("");
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: () => (password === "" ? [{ path: "password", code: "REQUIRED", message: "Type your password." }] : []),
    sending: () => ({ method: "POST", address: ADDRESS, body: { password } }),
    answered: () => setPassword(""),
    done: (body) => onBegun(begunFactor.parse(body)),
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Set up a second factor" className="space-y-3">
      <p>
        With a second factor, whoever knows your password can neither sign in nor sign in your name without your phone:
        an authenticator app there shows a code that changes every 30 seconds, and it is asked for beside the password.
      </p>
      <ErrorSummary
        ref={summary}
        title="Not begun"
        errors={faults.map(({ message }) => ({ message, fieldId: "factor-password" }))}
      />
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          id="factor-password"
          className="w-full max-w-xs"
          type="password"
          label="Your password, again"
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" tone="primary" pending={isPending}>
          {isPending ? "Asking…" : "Set it up"}
        </Button>
      </div>
    </form>
  );
};

type FirstCodeProps = {
  readonly begun: BegunFactor;
  readonly onSet: (codes: readonly string[]) => void;
  readonly onCancel: () => void;
};

const FirstCode = ({ begun, onSet, onCancel }: FirstCodeProps) => {
  const [code, setCode] = useState("");
  const { isPending, faults, summary, submit } = useAccountForm({
    missing: () =>
      code.trim() === "" ? [{ path: "code", code: "REQUIRED", message: "Type the code that the app shows." }] : [],
    sending: () => ({ method: "PUT", address: ADDRESS, body: { code } }),
    answered: () => setCode(""),
    done: (body) => onSet(setFactor.parse(body).recoveryCodes),
  });
  return (
    <form noValidate onSubmit={submit} aria-label="Set up a second factor" className="space-y-4">
      <FactorSecret begun={begun} />
      <ErrorSummary
        ref={summary}
        title="Not set"
        errors={faults.map(({ path, message }) => ({ message, fieldId: path === "code" ? "first-code" : null }))}
      />
      <div className="flex flex-wrap items-end gap-3">
        <CodeField id="first-code" className="w-44" value={code} onChange={setCode} takesRecovery={false} />
        <Button type="submit" tone="primary" pending={isPending}>
          {isPending ? "Checking…" : "Set the second factor"}
        </Button>
        <Button onClick={onCancel}>Leave it</Button>
      </div>
    </form>
  );
};

/** From the password to the recovery codes; what is left half-way asks for nothing and opens nothing. */
export const SetUpFactor = ({ onSet }: Pick<FirstCodeProps, "onSet">) => {
  const [begun, setBegun] = useState<BegunFactor | null>(null);
  return begun === null ? (
    <Begin onBegun={setBegun} />
  ) : (
    <FirstCode begun={begun} onSet={onSet} onCancel={() => setBegun(null)} />
  );
};
