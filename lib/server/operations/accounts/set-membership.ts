import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { MemberList, MembershipChange } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy, refusedInStudy } from "@/lib/server/auth/study-scope";
import type { Actor } from "@/lib/server/command/actor";
import { onStudy } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { lockAccount, studyOfConflict } from "@/lib/server/store/accounts";
import { membersOf, membershipsOf, setMemberships } from "@/lib/server/store/memberships";
import { closedMembership } from "./closed-membership";

/** Sets all the roles of one person in a study; none takes the person out of it. It holds from the next request on. */
export const setMembership = async (
  actor: Actor,
  code: string,
  { email, roles }: MembershipChange,
): Promise<Result<MemberList, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "membership.manage");
  if (!gate.ok) return gate;
  const study = gate.value;

  const by = auditedBy(actor, study.roles);
  const result = await command(by, async (transaction) => {
    // The person's row is locked, so that two changes made side by side cannot pass the check that follows together.
    const person = await lockAccount(transaction, email);
    if (person === null) return refused(fieldRefusal("UNKNOWN_USER", "email", `There is no account for ${email}.`));
    const before = await membershipsOf(transaction, study.id, person.id);
    const closed = await closedMembership(transaction, study, person.id, roles);
    if (closed !== null) return refused(closed);
    await setMemberships(transaction, study.id, person.id, roles);
    const conflict = await studyOfConflict(transaction, email);
    if (conflict !== null) {
      return refused(
        fieldRefusal("ROLES_CONFLICT", "roles", `${email} cannot be technician and auditor of ${conflict} at once.`),
      );
    }
    const now = [...new Set<string>(roles)].sort();
    const record = {
      ...onStudy(study),
      kind: "MEMBERSHIP_CHANGED",
      subject: email,
      oldValue: before,
      newValue: now,
    } as const;
    const value = { members: await membersOf(study.id, transaction) };
    return ok({ value, audit: isDeepStrictEqual(before, now) ? "unchanged" : [record] });
  });
  return result.ok ? result : refusedInStudy(actor, study, "membership.manage", result.fault);
};
