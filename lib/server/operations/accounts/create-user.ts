import "server-only";
import type { NewUser, User } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { accountOfEmail, addAccount } from "@/lib/server/store/accounts";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";

/** An email belongs to one person for good: a disabled account keeps it, and can be opened again for the same person. */
const takenEmail = async (transaction: Transaction, email: string): Promise<Refusal> => {
  const known = await accountOfEmail(email, transaction);
  const wayOut =
    known?.disabledAt == null
      ? "."
      : ", which is disabled. An email is never given to somebody else: open the account again if it is the same person, or take another email.";
  return fieldRefusal("EMAIL_TAKEN", "email", `There is an account for ${email} already${wayOut}`);
};

/** Makes an account. */
export const createUser = async (actor: Actor, wanted: NewUser): Promise<Result<User, Refusal>> => {
  const gate = await authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const { administrator, auditor, everyStudyRoles } = wanted;
  if (auditor && everyStudyRoles.includes("technician")) {
    return refused(
      fieldRefusal("ROLES_CONFLICT", "everyStudyRoles", "Nobody is technician and auditor of every study."),
    );
  }
  const weakness = passwordWeakness(wanted.password, wanted.email);
  if (weakness !== null) return refused(fieldRefusal("WEAK_PASSWORD", "password", `The password ${weakness}.`));

  const passwordHash = await hashPassword(wanted.password);
  return command(auditedBy(actor), async (transaction) => {
    const { email, name } = wanted;
    const account = { email, name, passwordHash, administrator, auditor, everyStudyRoles };
    const made = await addAccount(transaction, account);
    if (made === null) return refused(await takenEmail(transaction, email));
    const { id, user } = made;
    const record = { ...onAccount(id), kind: "USER_CREATED", subject: user.email, newValue: user } as const;
    return ok({ value: user, audit: [record] });
  });
};
