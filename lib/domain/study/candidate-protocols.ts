import type { Instant } from "../record/log-entry";
import type { Protocol } from "./protocol";

/**
 * The versions that would have been in force, had a candidate been: from the beginning (`from` null), or from an instant on,
 * after the versions that were in force before it. Later versions give way to it.
 */
export const candidateProtocols = (
  versions: readonly Protocol[],
  candidate: Protocol,
  from: Instant | null,
): readonly Protocol[] => {
  if (from === null) return [{ ...candidate, effectiveFrom: null }];
  const earlier = versions.filter(({ effectiveFrom }) => effectiveFrom === null || effectiveFrom.ms < from.ms);
  return [...earlier, { ...candidate, effectiveFrom: from }];
};
