"use client";

import { useEffect, useRef, useState } from "react";
import { faultsOf, NO_NETWORK, sendJson } from "@/lib/client/send-json";
import { type WhatIf, whatIf, type WhatIfQuestion } from "@/lib/contracts/what-if";
import { addWhatIf, partsOf } from "./add-what-if";

export type Asking = {
  /** What is known so far. */
  readonly result: WhatIf | null;
  readonly pending: boolean;
  readonly failures: readonly string[];
};

const NOTHING: Asking = { result: null, pending: false, failures: [] };

/** Asks for a study in parts, one after the other, and shows each as it comes; another question ends the one before. */
export const useWhatIf = (code: string, tags: readonly string[]) => {
  const [asking, setAsking] = useState<Asking>(NOTHING);
  const current = useRef<AbortController | null>(null);
  useEffect(() => () => current.current?.abort(), []);

  const ask = async (question: WhatIfQuestion): Promise<void> => {
    current.current?.abort();
    const controller = new AbortController();
    current.current = controller;
    let known: WhatIf | null = null;
    setAsking({ ...NOTHING, pending: true });
    try {
      for (const animals of partsOf(tags)) {
        const sent = await sendJson(
          "POST",
          `/api/v1/studies/${encodeURIComponent(code)}/protocol/what-if`,
          { ...question, animals },
          controller.signal,
        );
        if (sent.outcome !== "done") {
          const failures = sent.outcome === "no-network" ? [NO_NETWORK] : faultsOf(sent.problem);
          return setAsking({
            result: null,
            pending: false,
            failures: failures.map((failure) => (typeof failure === "string" ? failure : failure.message)),
          });
        }
        known = addWhatIf(known, whatIf.parse(sent.body));
        setAsking({ result: known, pending: true, failures: [] });
      }
      setAsking({ result: known, pending: false, failures: [] });
    } catch (error) {
      if (!controller.signal.aborted) throw error;
    }
  };
  const stop = (): void => {
    current.current?.abort();
    setAsking(NOTHING);
  };
  return { ...asking, ask, stop };
};
