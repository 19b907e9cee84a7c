"use client";

import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";

type RecoveryCodesProps = { readonly codes: readonly string[]; readonly onDone: () => void };

/** Shown once: the server keeps only their hashes. */
export const RecoveryCodes = ({ codes, onDone }: RecoveryCodesProps) => {
  const save = (): void => {
    const text = `Doseline, recovery codes. Each works once, in place of a code of the app.\n\n${codes.join("\n")}\n`;
    const address = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const link = document.createElement("a");
    link.href = address;
    link.download = "doseline-recovery-codes.txt";
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className="space-y-3">
      <Notice tone="accent" title="The second factor is set." live>
        Keep these recovery codes where your phone is not.
      </Notice>
      <p>
        Each of them works once in place of a code of the app, when it is lost. They are shown this once and cannot be
        shown again.
      </p>
      <ul
        aria-label="Recovery codes"
        className="grid max-w-md grid-cols-2 gap-x-8 gap-y-1 rounded-control bg-sunken px-4 py-3 font-mono text-lg"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex flex-wrap gap-3 print:hidden">
        <Button onClick={save}>Save as a file</Button>
        <Button onClick={() => window.print()}>Print</Button>
        <Button tone="primary" onClick={onDone}>
          I have kept them
        </Button>
      </div>
    </div>
  );
};
