import "server-only";
import type { RefusalCause } from "@/lib/domain/language/refusal-words";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { changesStudy, permits, rolesInStudy } from "@/lib/domain/access/permissions";
import type { Action, Role } from "@/lib/domain/access/permissions";
import { isClosed } from "@/lib/domain/access/study-life";
import type { StudyLife } from "@/lib/domain/access/study-life";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { studyAt } from "@/lib/server/store/study-access";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount, onStudy } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";

declare const authorized: unique symbol;

/**
 * A study that somebody may do something with. Only `authorizeStudy` makes one, and every operation on a study
 * demands it: there is no way to a study's rows around the gate.
 */
export type AuthorizedStudy = {
  readonly [authorized]: true;
  readonly id: number;
  readonly code: string;
  readonly species: string;
  readonly timeZone: string;
  readonly status: StudyLife;
  /** What the actor is in it. */
  readonly roles: readonly Role[];
};

/** The refusal for a study that is not there, and for one that the actor has no part in: the two look the same. */
const noSuchStudy = (code: string): Refusal =>
  refusal("NOT_FOUND", `There is no study ${code}, or you have no part in it.`);

const forbidden = (code: string, action: Action, roles: readonly Role[]): Refusal => {
  const held = roles.map((role) => role.replaceAll("_", " ")).join(" and ");
  return refusal("FORBIDDEN", `As ${held} of study ${code} you may not do this (${action}).`);
};

/** The refusal of what would change a study that is locked or archived, with the way out; null where it may be changed. */
export const closedRefusal = ({ code, status }: Pick<AuthorizedStudy, "code" | "status">): Refusal | null => {
  if (!isClosed(status)) return null;
  const wayOut =
    status === "locked"
      ? "Its study director can unlock it, with a reason, on its page of signatures."
      : "It is read, exported and verified for good; what is new belongs to another study.";
  return refusal("STUDY_LOCKED", `Study ${code} is ${status}: nothing is entered or changed in it. ${wayOut}`);
};

/** What was refused is kept: who tried what, and as what. */
const recordRefused = (
  actor: Actor,
  study: Pick<AuthorizedStudy, "id" | "code">,
  { action, roles, cause }: { readonly action: Action; readonly roles: readonly Role[]; readonly cause: RefusalCause },
): Promise<void> =>
  recordEvent(auditedBy(actor, roles), {
    ...onStudy(study),
    kind: "ACCESS_REFUSED",
    subject: action,
    newValue: { cause },
  });

/**
 * The refusal of what an operation finds only after the gate: not within the role, or not in the study's life. It is kept
 * as the gate's own refusals are; input errors are not audited.
 */
export const refusedInStudy = async (
  actor: Actor,
  study: AuthorizedStudy,
  action: Action,
  fault: Refusal,
): Promise<{ readonly ok: false; readonly fault: Refusal }> => {
  if (fault.code === "FORBIDDEN" || fault.code === "STUDY_LOCKED") {
    const cause = fault.code === "FORBIDDEN" ? "ROLE" : "STUDY_CLOSED";
    await recordRefused(actor, study, { action, roles: study.roles, cause });
  }
  return refused(fault);
};

/** The gate: who may do this in this study gets the study, anybody else the refusal. */
export const authorizeStudy = async (
  actor: Actor,
  code: string,
  action: Action,
): Promise<Result<AuthorizedStudy, Refusal>> => {
  const row = await studyAt(actor.userId, code);
  if (row === null) return refused(noSuchStudy(code));
  const { memberships, auditsSomeOnly, ...found } = row;
  const study = { ...found, status: found.status as StudyLife };
  const roles = rolesInStudy(
    { administrator: actor.administrator, auditor: actor.auditor, auditsSomeOnly },
    memberships,
  );
  if (roles.length === 0) {
    await recordRefused(actor, study, { action, roles, cause: "NO_ACCESS" });
    return refused(noSuchStudy(code));
  }
  if (!permits(roles, action)) {
    await recordRefused(actor, study, { action, roles, cause: "ROLE" });
    return refused(forbidden(study.code, action, roles));
  }
  const closed = changesStudy(action) ? closedRefusal(study) : null;
  if (closed !== null) {
    await recordRefused(actor, study, { action, roles, cause: "STUDY_CLOSED" });
    return refused(closed);
  }
  return ok({ ...study, roles } as AuthorizedStudy);
};

/** The same gate for what is not about one study. */
export const authorizeInstallation = async (actor: Actor, action: Action): Promise<Result<null, Refusal>> => {
  const roles = [...(actor.administrator ? ["administrator"] : []), ...(actor.auditor ? ["auditor"] : [])];
  if (permits(roles, action)) return ok(null);
  const place = onAccount(actor.userId);
  await recordEvent(auditedBy(actor), {
    ...place,
    kind: "ACCESS_REFUSED",
    subject: action,
    newValue: { cause: "ROLE" },
  });
  const who = permits(["auditor"], action) ? "an administrator or an auditor of every study" : "an administrator";
  return refused(refusal("FORBIDDEN", `Only ${who} may do this (${action}).`));
};
