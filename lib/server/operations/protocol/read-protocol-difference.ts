import "server-only";
import type { ProtocolDifference } from "@/lib/contracts/protocol";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { protocolDifference } from "@/lib/domain/study/difference";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { findingsOf } from "./checked-draft";
import { draftOf, storedProtocols, versionNow } from "./protocol-rows";

/**
 * What a version changes against the one before it, and what can be said against it. Without a number: the draft where
 * there is one, else the version in force.
 */
export const readProtocolDifference = async (
  actor: Actor,
  code: string,
  version: number | null,
): Promise<Result<ProtocolDifference, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const stored = await storedProtocols(connection, gate.value);
  const shown =
    version === null ? (draftOf(stored) ?? versionNow(stored)) : stored.find(({ row }) => row.version === version);
  if (shown === undefined) {
    const missing = version === null ? "no protocol yet" : `no protocol version ${String(version)}`;
    return refused(refusal("NOT_FOUND", `Study ${code} has ${missing}.`));
  }
  const before = stored[stored.indexOf(shown) - 1];
  return ok({
    version: shown.row.version,
    comparedWith: before?.row.version ?? null,
    changes: before === undefined ? [] : [...protocolDifference(before.protocol, shown.protocol)],
    findings: [...(await findingsOf(connection, gate.value, shown, before))],
  });
};
