import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { User, UserChange } from "@/lib/contracts/accounts";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { ACCOUNT_COLUMNS, studyOfConflict } from "./account-row";

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

type Account = { readonly id: string; readonly user: User };

/** The account as it is, locked. */
const lockAccount = async (transaction: Transaction, email: string): Promise<Account | null> => {
  const [row] = await transaction.query<User & { readonly id: string }>({
    text: `SELECT id::text, ${ACCOUNT_COLUMNS} FROM users WHERE lower(email) = $1 FOR UPDATE`,
    values: [email],
  });
  if (row === undefined) return null;
  const { id, ...user } = row;
  return { id, user };
};

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
  const passwordHash = password === undefined ? null : await hashPassword(password);

  return command(auditedBy(actor), async (transaction) => {
    const account = await lockAccount(transaction, known);
    if (account === null) return refused(refusal("NOT_FOUND", `There is no account for ${known}.`));
    if (wouldDoBoth(account, change)) {
      return refused(
        fieldRefusal("ROLES_CONFLICT", "everyStudyRoles", "Nobody is technician and auditor of every study."),
      );
    }
    const rows = await transaction.query<User>({
      text: `UPDATE users SET
         name = coalesce($2, name),
         password_hash = coalesce($3, password_hash),
         failed_attempts = CASE WHEN $3::text IS NULL THEN failed_attempts ELSE 0 END,
         locked_until = CASE WHEN $3::text IS NULL THEN locked_until END,
         administrator = coalesce($4, administrator),
         auditor = coalesce($5, auditor),
         every_study_roles = coalesce($8::text[], every_study_roles),
         disabled_at = CASE WHEN $6::boolean IS NULL THEN disabled_at WHEN $6 THEN coalesce(disabled_at, clock_timestamp()) END,
         session_epoch = session_epoch + $7::int
       WHERE lower(email) = $1 RETURNING ${ACCOUNT_COLUMNS}`,
      values: [
        known,
        name,
        passwordHash,
        administrator,
        auditor,
        disabled,
        endsSessions(change) ? 1 : 0,
        everyStudyRoles,
      ],
    });
    const [changed] = rows;
    if (changed === undefined) throw new Error("an account that was locked is not there");
    const conflict = await studyOfConflict(transaction, known);
    if (conflict !== null) {
      return refused(
        fieldRefusal("ROLES_CONFLICT", "auditor", `${known} is technician in ${conflict} and cannot audit it as well.`),
      );
    }
    if (endsTokens(change)) {
      await transaction.query({
        text: `UPDATE api_tokens SET revoked_at = clock_timestamp()
         WHERE revoked_at IS NULL AND user_id = (SELECT id FROM users WHERE lower(email) = $1)`,
        values: [known],
      });
    }
    const [first, ...more] = recordsOf(account, changed, change);
    return ok({ value: changed, audit: first === undefined ? "unchanged" : [first, ...more] });
  });
};
