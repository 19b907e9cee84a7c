import "server-only";
import type { NewUser, User } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { hashPassword, passwordWeakness } from "@/lib/server/auth/password";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";
import { ACCOUNT_COLUMNS } from "./account-row";

/** Makes an account. */
export const createUser = async (actor: Actor, wanted: NewUser): Promise<Result<User, Refusal>> => {
  const gate = authorizeInstallation(actor, "user.manage");
  if (!gate.ok) return gate;
  const { administrator, auditor, everyStudyRoles } = wanted;
  if (auditor && everyStudyRoles.includes("technician")) {
    return refused(
      fieldRefusal("ROLES_CONFLICT", "everyStudyRoles", "Nobody is technician and auditor of every study."),
    );
  }
  const weakness = passwordWeakness(wanted.password, wanted.email);
  if (weakness !== null) return refused(fieldRefusal("WEAK_PASSWORD", "password", `The password ${weakness}.`));

  const { rows } = await database().pool.query<User>(
    `INSERT INTO users (email, name, password_hash, administrator, auditor, every_study_roles) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (lower(email)) DO NOTHING RETURNING ${ACCOUNT_COLUMNS}`,
    [wanted.email, wanted.name, await hashPassword(wanted.password), administrator, auditor, everyStudyRoles],
  );
  const [made] = rows;
  return made === undefined
    ? refused(fieldRefusal("EMAIL_TAKEN", "email", `There is an account for ${wanted.email} already.`))
    : ok(made);
};
