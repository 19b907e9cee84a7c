import type { ReactNode } from "react";
import { SignPanel } from "@/components/signatures/sign-panel";
import type { Signer } from "@/lib/contracts/confirmation";
import type { ProtocolDifference } from "@/lib/contracts/protocol";

type SigningProps = {
  readonly code: string;
  readonly kind: "protocol" | "amendment";
  readonly signer: Signer;
  readonly savedAt: string;
  readonly findings: ProtocolDifference["findings"];
  readonly submit: string;
  readonly children: ReactNode;
};

/** The signature of a draft as it was read, unless a check stands against it. */
export const Signing = ({ code, kind, signer, savedAt, findings, submit, children }: SigningProps) => {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const count = errors.length === 1 ? "an error stands" : `${String(errors.length)} errors stand`;
    return (
      <p className="text-ink-soft">It cannot be signed yet: {count} under Checks. Change it, and save the draft.</p>
    );
  }
  return (
    <SignPanel
      kind={kind}
      signer={signer}
      address={`/api/v1/studies/${encodeURIComponent(code)}/protocol/sign`}
      body={{ savedAt }}
      submit={submit}
    >
      {children}
    </SignPanel>
  );
};
