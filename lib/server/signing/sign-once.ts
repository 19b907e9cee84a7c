import "server-only";
import type { Confirmation } from "@/lib/contracts/confirmation";
import type { Refusal } from "@/lib/contracts/problem";
import type { Action } from "@/lib/domain/access/permissions";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { authorizeStudy, refusedInStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import type { Done } from "@/lib/server/command/command";
import { retrying } from "@/lib/server/db/retrying";
import type { Transaction } from "@/lib/server/db/transaction";

type Signing<Read, Value> = {
  readonly action: Action;
  readonly confirmation: Confirmation;
  /** Where password and code are in the request, for the path of a refusal. */
  readonly place: "signature." | "";
  /** The earlier answer if this signature was given before; the password is then not requested again. */
  readonly repeated?: (study: AuthorizedStudy) => Promise<Value | null>;
  /** What is signed, as read before the password is looked at, or what refuses it. */
  readonly read: (study: AuthorizedStudy) => Promise<Result<Read, Refusal>>;
  /** Signs and applies what was signed; sent again with the same id, it must change nothing. */
  readonly sign: (
    transaction: Transaction,
    study: AuthorizedStudy,
    read: Read,
  ) => Promise<Result<Done<Value>, Refusal>>;
};

export type Signed<Value> = { readonly study: AuthorizedStudy; readonly value: Value };

/**
 * The one way to sign: permission, what is wrong without the password, the password and code, then signature, change and
 * audit events in one transaction. A refusal by role or by study status is audited.
 */
export const signOnce = async <Read, Value>(
  actor: Actor,
  code: string,
  { action, confirmation, place, repeated, read, sign }: Signing<Read, Value>,
): Promise<Result<Signed<Value>, Refusal>> => {
  const gate = await authorizeStudy(actor, code, action);
  if (!gate.ok) return gate;
  const study = gate.value;
  const before = (await repeated?.(study)) ?? null;
  if (before !== null) return ok({ study, value: before });
  const found = await read(study);
  if (!found.ok) return refusedInStudy(actor, study, action, found.fault);
  const confirmed = await confirmIdentity(actor, confirmation, place);
  if (!confirmed.ok) return confirmed;
  const done = await retrying(() =>
    command(auditedBy(actor, study.roles), (transaction) => sign(transaction, study, found.value)),
  );
  return done.ok ? ok({ study, value: done.value }) : refusedInStudy(actor, study, action, done.fault);
};
