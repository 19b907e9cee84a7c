"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import type { WhatIfQuestion } from "@/lib/contracts/what-if";
import { useWhatIf } from "./use-what-if";
import { WhatIfResult } from "./what-if-result";

type WhatIfPanelProps = {
  readonly code: string;
  readonly version: number;
  readonly isDraft: boolean;
  /** Each animal of the study with its page. */
  readonly animals: readonly { readonly tag: string; readonly href: string }[];
};

type Reading = WhatIfQuestion["reading"];

const READINGS = [
  {
    value: "us-label",
    label: "The US label’s cut-offs",
    detail: "Withheld below 0.5 and 25 × 10⁹/L, recovered at 0.5 and 50.",
  },
  {
    value: "ctcae-v6",
    label: "CTCAE v6.0’s counts",
    detail: "Grade 3 below 0.5 and 50 × 10⁹/L, grade 4 below 0.1 and 10.",
  },
] as const;

const ownReading = (version: number, isDraft: boolean) => ({
  value: "version" as const,
  label: isDraft ? "This draft" : `Version ${String(version)} throughout`,
  detail: isDraft
    ? "As it is saved, over everything recorded so far."
    : "Had it been in force from the beginning, whatever came before or after.",
});

/** Replays the recorded data by other rules, and tells the days that would differ. Nothing is stored, no draft is needed. */
export const WhatIfPanel = ({ code, version, isDraft, animals }: WhatIfPanelProps) => {
  const [reading, setReading] = useState<Reading>(isDraft ? "version" : "us-label");
  const { result, pending, failures, ask, stop } = useWhatIf(
    code,
    animals.map(({ tag }) => tag),
  );
  if (animals.length === 0) {
    return (
      <Panel title="What if" note="the recorded data replayed by other rules" flush className="print:hidden">
        <EmptyState title="No animals yet">There is nothing recorded that other rules could be tried on.</EmptyState>
      </Panel>
    );
  }
  return (
    <Panel
      title="What if"
      note="the recorded data replayed by other rules"
      flush
      className={result === null ? "print:hidden" : ""}
    >
      <div className="space-y-3 px-4 py-3 print:hidden">
        <RadioCards
          label="Judged by"
          name="what-if-reading"
          columns={3}
          value={reading}
          onChange={(event) => setReading(event.target.value as Reading)}
          choices={[ownReading(version, isDraft), ...READINGS]}
        />
        <div className="flex min-h-11 flex-wrap items-center gap-3">
          <Button onClick={() => void ask({ reading, version })} pending={pending}>
            {pending ? "Replaying…" : "Show the days that would differ"}
          </Button>
          {pending ? (
            <>
              <progress
                aria-label="Animals replayed"
                max={animals.length}
                value={result?.animals ?? 0}
                className="h-2 w-40 accent-accent"
              />
              <span className="text-sm text-ink-soft">
                {result?.animals ?? 0} of {animals.length} animals
              </span>
              <Button tone="quiet" onClick={stop}>
                Stop
              </Button>
            </>
          ) : null}
        </div>
        {failures.map((failure) => (
          <Notice key={failure} tone="stopped" title={failure} live />
        ))}
      </div>
      {result === null ? null : (
        <div className="pb-3">
          <WhatIfResult result={result} complete={!pending} animals={animals} />
        </div>
      )}
    </Panel>
  );
};
