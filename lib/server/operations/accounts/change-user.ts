import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { User, UserChange } from "@/lib/contracts/accounts";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { changeAccount, lockAccount, studyOfConflict } from "@/lib/server/store/accounts";
import type { Account } from "@/lib/server/store/accounts";
import { revokeTokens } from "@/lib/server/store/sessions";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/** Whether the change touches what the account may do, or who may use it: then nothing opened before it holds on. */
const endsSessions = (change: UserChange): boolean =>
  change.signOut === true ||
  change.password !== undefined ||
  change.disabled === true ||
  change.administrator !== undefined ||
  change.auditor !== undefined ||
  change.everyStudyRoles !== undefined;

/** Tokens are revoked with the sessions, but for a mere change of standing, which is read anew at each request. */
const endsTokens = (change: UserChange): boolean =>
  change.signOut === true || change.password !== undefined || change.disabled === true;

/** Technician and auditor of every study at once, after the change. */
const wouldDoBoth = ({ user }: Account, { auditor, everyStudyRoles }: UserChange): boolean =>
  (auditor ?? user.auditor) && (everyStudyRoles ?? user.everyStudyRoles).includes("technician");

/** What the change was, each part an event of its own; a mere repetition that ends sessions is a change as well. */
const recordsOf = ({ id, user }: Account, changed: User, change: UserChange): readonly AuditRecord[] => {
  const common = { ...onAccount(id), subject: user.email };
  const { password, signOut } = change;
  const differs = !isDeepStrictEqual(user, changed);
  const repeats = endsSessions(change) && password === undefined && signOut !== true;
  return [
    ...(differs || repeats ? [{ ...common, kind: "USER_CHANGED" as const, oldValue: user, newValue: changed }] : []),
    ...(password === undefined ? [] : [{ ...common, kind: "PASSWORD_SET" as const }]),
    ...(signOut === true ? [{ ...common, kind: "SESSIONS_ENDED" as const }] : []),
  ];
};

/** Changes an account: the keys that are given. A new password also ends a lock. */
export const changeUser = async (actor: Actor, email: string, change: UserChange): Promise<Result<User, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const known = email.toLowerCase();
  const { password, name, administrator, auditor, everyStudyRoles, disabled } = change;
  const weakness = password === undefined ? null : passwordWeakness(password, known);
  if (weakness !== null) return refused(fieldRefusal("WEAK_PASSWORD", "password", `The password ${weakness}.`));
  if (known === actor.email && (disabled === true || administrator === false)) {
    await recordEvent(auditedBy(actor), {
      ...onAccount(actor.userId),
      kind: "ACCESS_REFUSED",
      subject: "user.manage",
      newValue: { cause: "OWN_ACCOUNT" },
    });
    return refused(refusal("FORBIDDEN", "Nobody takes their own account out of service: ask another administrator."));
  }
  const passwordHash = password === undefined ? undefined : await hashPassword(password);

  return command(auditedBy(actor), async (transaction) => {
    const account = await lockAccount(transaction, known);
    if (account === null) return refused(refusal("NOT_FOUND", `There is no account for ${known}.`));
    if (wouldDoBoth(account, change)) {
      return refused(
        fieldRefusal("ROLES_CONFLICT", "everyStudyRoles", "Nobody is technician and auditor of every study."),
      );
    }
    const wanted = { name, passwordHash, administrator, auditor, everyStudyRoles, disabled };
    const changed = await changeAccount(transaction, account, { ...wanted, endsSessions: endsSessions(change) });
    const conflict = await studyOfConflict(transaction, known);
    if (conflict !== null) {
      return refused(
        fieldRefusal("ROLES_CONFLICT", "auditor", `${known} is technician in ${conflict} and cannot audit it as well.`),
      );
    }
    if (endsTokens(change)) await revokeTokens(transaction, account.id);
    const [first, ...more] = recordsOf(account, changed, change);
    return ok({ value: changed, audit: first === undefined ? "unchanged" : [first, ...more] });
  });
};
