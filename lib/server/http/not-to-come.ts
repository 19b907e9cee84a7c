import "server-only";
import { instantMs } from "@/lib/contracts/histories";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { writeInstant } from "@/lib/domain/time/instant";
import { serverNowMs } from "@/lib/server/config/clock";

/** What speaks against asking as known at an instant that is still to come: a file that says so would claim too much. */
export const futureRefusal = (asKnownAt: string | undefined): Refusal | null => {
  const [askedMs, nowMs] = [instantMs(asKnownAt), serverNowMs()];
  if (askedMs === null || askedMs <= nowMs) return null;
  return fieldRefusal(
    "INVALID_VALUE",
    "asKnownAt",
    `is ${writeInstant(askedMs)}, which is still to come: it is ${writeInstant(nowMs)}. Leave it out for what is known now`,
  );
};
