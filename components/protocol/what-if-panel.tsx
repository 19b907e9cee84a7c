"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import { Panel } from "@/components/ui/panel";
import { RadioCards } from "@/components/ui/radio-cards";
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import { type WhatIf, whatIf, type WhatIfQuestion } from "@/lib/contracts/what-if";
import { WhatIfResult } from "./what-if-result";

type WhatIfPanelProps = {
  readonly code: string;
  readonly version: number;
  readonly isDraft: boolean;
  /** What is replayed, so that the wait has a size: "24 animals". */
  readonly size: string;
  readonly animalAddresses: Readonly<Record<string, string>>;
};

type Reading = WhatIfQuestion["reading"];

const READINGS: readonly {
  readonly value: Exclude<Reading, "version">;
  readonly label: string;
  readonly detail: string;
}[] = [
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
];

type Answer = { readonly result: WhatIf } | { readonly failures: readonly string[] };

const ask = async (code: string, question: WhatIfQuestion): Promise<Answer> => {
  const sent = await sendJson("POST", `/api/v1/studies/${encodeURIComponent(code)}/protocol/what-if`, question);
  if (sent.outcome === "done") return { result: whatIf.parse(sent.body) };
  return {
    failures: sent.outcome === "no-network" ? [NO_NETWORK] : faultsOf(sent.problem).map(({ message }) => message),
  };
};

/** Replays the recorded data by other rules, and tells the days that would differ. Nothing is stored, no draft is needed. */
export const WhatIfPanel = ({ code, version, isDraft, size, animalAddresses }: WhatIfPanelProps) => {
  const [reading, setReading] = useState<Reading>(isDraft ? "version" : "us-label");
  const [pending, setPending] = useState(false);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const replay = async (): Promise<void> => {
    setPending(true);
    setAnswer(await ask(code, { reading, version }));
    setPending(false);
  };
  const own = {
    value: "version" as const,
    label: isDraft ? "This draft" : `Version ${String(version)} throughout`,
    detail: isDraft
      ? "As it is saved, over everything recorded so far."
      : "Had it been in force from the beginning, whatever came before or after.",
  };
  return (
    <Panel title="What if" note="the recorded data replayed by other rules" flush>
      <div className="space-y-3 px-4 py-3 print:hidden">
        <RadioCards
          label="Judged by"
          name="what-if-reading"
          columns={3}
          value={reading}
          onChange={(event) => setReading(event.target.value as Reading)}
          choices={[own, ...READINGS]}
        />
        <div className="flex flex-wrap items-center gap-3">
          <Button onClick={() => void replay()} pending={pending}>
            {pending ? "Replaying…" : "Show the days that would differ"}
          </Button>
          <span role="status" className="text-sm text-ink-soft">
            {pending ? `Replaying the whole log of ${size}. A large study takes some seconds.` : ""}
          </span>
        </div>
        {answer !== null && "failures" in answer
          ? answer.failures.map((failure) => <Notice key={failure} tone="stopped" title={failure} live />)
          : null}
      </div>
      {answer !== null && "result" in answer ? (
        <div className={`pb-3 ${pending ? "opacity-50" : ""}`}>
          <WhatIfResult result={answer.result} animalAddresses={animalAddresses} />
        </div>
      ) : null}
    </Panel>
  );
};
