import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeInstallation, authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";

/** Whose trail is read: a study's, or (null) that of accounts and the installation, whose days are UTC's. */
export type AuditedPlace = { readonly study: AuthorizedStudy | null; readonly timeZone: string };

/** The gate to a trail; `code` null for the installation's. */
export const auditedPlace = async (actor: Actor, code: string | null): Promise<Result<AuditedPlace, Refusal>> => {
  if (code === null) {
    const gate = await authorizeInstallation(actor, "audit.read-installation");
    return gate.ok ? ok({ study: null, timeZone: "UTC" }) : gate;
  }
  const gate = await authorizeStudy(actor, code, "audit.read");
  return gate.ok ? ok({ study: gate.value, timeZone: gate.value.timeZone }) : gate;
};
