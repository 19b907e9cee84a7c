"use client";

import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { faultsOf, send } from "@/lib/client/send";

type DiscardDraftProps = {
  readonly code: string;
  /** Of the draft that is shown: another one is not discarded. */
  readonly savedAt: string;
  readonly next: string;
};

/** Takes a draft away, once asked again: it can be read in the audit trail, and no longer be signed. */
export const DiscardDraft = ({ code, savedAt, next }: DiscardDraftProps) => {
  const router = useRouter();
  const [asked, setAsked] = useState(false);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const discard = async (): Promise<void> => {
    setPending(true);
    const address = `/api/v1/studies/${encodeURIComponent(code)}/protocol?savedAt=${encodeURIComponent(savedAt)}`;
    const sent = await send("DELETE", address, undefined);
    setPending(false);
    if (sent.kind === "done") {
      router.push(next);
      router.refresh();
      return;
    }
    setFailure(faultsOf(sent)[0]?.message ?? null);
  };
  return (
    <div className="flex flex-wrap items-center gap-3">
      {failure === null ? null : <Notice tone="stopped" title={failure} live />}
      {asked ? (
        <>
          <span>Discard it? That there was a draft stays in the audit trail.</span>
          <Button onClick={() => void discard()} pending={pending}>
            Discard the draft
          </Button>
          <Button tone="quiet" onClick={() => setAsked(false)}>
            Keep it
          </Button>
        </>
      ) : (
        <Button tone="quiet" onClick={() => setAsked(true)}>
          Discard this draft…
        </Button>
      )}
    </div>
  );
};
