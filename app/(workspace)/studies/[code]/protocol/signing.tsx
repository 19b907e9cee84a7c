import type { ReactNode } from "react";
import { FindingList } from "@/components/protocol/finding-list";
import { SignPanel } from "@/components/signatures/sign-panel";
import type { ProtocolDifference } from "@/lib/contracts/protocol";

type SigningProps = {
  readonly code: string;
  readonly kind: "protocol" | "amendment";
  readonly signerName: string;
  readonly savedAt: string;
  readonly findings: ProtocolDifference["findings"];
  readonly submit: string;
  readonly children: ReactNode;
};

/** The signature of a draft as it was read, unless a check stands against it. */
export const Signing = ({ code, kind, signerName, savedAt, findings, submit, children }: SigningProps) => {
  const errors = findings.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    return (
      <div>
        <p className="mb-1 font-medium">It cannot be signed yet. Change what is said below, and save the draft.</p>
        <div className="-mx-4">
          <FindingList findings={errors} linked />
        </div>
      </div>
    );
  }
  return (
    <SignPanel
      kind={kind}
      signerName={signerName}
      address={`/api/v1/studies/${encodeURIComponent(code)}/protocol/sign`}
      body={{ savedAt }}
      submit={submit}
    >
      {children}
    </SignPanel>
  );
};
