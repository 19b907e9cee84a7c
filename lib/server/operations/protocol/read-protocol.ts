import "server-only";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { protocolVersionOf, storedProtocols, versionNow } from "./protocol-rows";

/** A version of a study's protocol with its dose groups; without a number the one in force now, else the draft. */
export const readProtocol = async (
  actor: Actor,
  code: string,
  version: number | null = null,
): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const stored = await storedProtocols(connection, gate.value);
  const shown = version === null ? versionNow(stored) : stored.find(({ row }) => row.version === version);
  if (shown !== undefined) return ok(await protocolVersionOf(connection, gate.value, stored, shown));
  const missing =
    stored.length === 0 || version === null ? "no protocol yet" : `no protocol version ${String(version)}`;
  return refused(refusal("NOT_FOUND", `Study ${code} has ${missing}.`));
};
