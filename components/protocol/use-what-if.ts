"use client";

import { useEffect, useRef, useState } from "react";
import { faultsOf, send } from "@/lib/client/send";
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
    for (const animals of partsOf(tags)) {
      const sent = await send(
        "POST",
        `/api/v1/studies/${encodeURIComponent(code)}/protocol/what-if`,
        { ...question, animals },
        { signal: controller.signal },
      );
      if (controller.signal.aborted) return;
      if (sent.kind !== "done") {
        return setAsking({ ...NOTHING, failures: faultsOf(sent).map(({ message }) => message) });
      }
      known = addWhatIf(known, whatIf.parse(sent.body));
      setAsking({ result: known, pending: true, failures: [] });
    }
    setAsking({ result: known, pending: false, failures: [] });
  };
  const stop = (): void => {
    current.current?.abort();
    setAsking(NOTHING);
  };
  return { ...asking, ask, stop };
};
