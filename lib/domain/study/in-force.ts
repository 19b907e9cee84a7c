import type { Protocol } from "./protocol";

/** The protocol with the latest `effectiveFrom` at or before the instant; the first has none and reaches back for ever. */
export const protocolInForce = (protocols: readonly Protocol[], observedMs: number): Protocol => {
  for (let index = protocols.length - 1; index > 0; index -= 1) {
    const protocol = protocols[index];
    if (protocol?.effectiveFrom && protocol.effectiveFrom.ms <= observedMs) return protocol;
  }
  const first = protocols[0];
  if (first === undefined) throw new Error("a study has at least one protocol version");
  return first;
};
