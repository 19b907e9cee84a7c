"use client";

import { useMemo, useSyncExternalStore } from "react";
import * as z from "zod";
import { deviceStore } from "@/lib/client/device-store";
import { type DraftPlace, onDraftChange, waitingDrafts } from "@/lib/client/entry-drafts";

const NONE = "[]";

const places = z.array(z.object({ person: z.string(), study: z.string(), animal: z.string(), kind: z.string() }));

/** What this person typed and did not save in a study, on this device. */
export const useWaitingDrafts = (person: string, study: string): readonly DraftPlace[] => {
  // As text, so that nothing is drawn anew while the same drafts are typed on.
  const found = useSyncExternalStore(
    onDraftChange,
    () => JSON.stringify(waitingDrafts(deviceStore(), { person, study }, Date.now()).map(({ place }) => place)),
    () => NONE,
  );
  return useMemo(() => places.parse(JSON.parse(found)), [found]);
};
