import "server-only";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { protocolVersionOf, storedProtocols } from "./protocol-rows";

/** The latest signed version of a study's protocol with its dose groups; before there is one, the draft. */
export const readProtocol = async (actor: Actor, code: string): Promise<Result<ProtocolVersion, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const stored = await storedProtocols(connection, gate.value);
  const shown = stored.findLast(({ row }) => row.status !== "draft") ?? stored.at(-1);
  return shown === undefined
    ? refused(refusal("NOT_FOUND", `Study ${code} has no protocol yet.`))
    : ok(await protocolVersionOf(connection, gate.value, shown));
};
