import type { Actor } from "@/lib/server/command/actor";
import { readProtocol } from "@/lib/server/operations/protocol/read-protocol";

/** The codes of a study's dose groups; none while there is no protocol. */
export const groupCodes = async (actor: Actor, code: string): Promise<readonly string[]> => {
  const protocol = await readProtocol(actor, code);
  return protocol.ok ? protocol.value.groups.map((group) => group.code) : [];
};
