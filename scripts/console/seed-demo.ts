// Makes the demonstration: its people, with random passwords that a file keeps, its study, by the import that a bundle of
// anybody's goes through, and what its people do today. Ended before the study is there, it can be called again.
import type { NewUser } from "@/lib/contracts/accounts";
import { fieldRefusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { database } from "@/lib/server/db/database";
import { changeUser } from "@/lib/server/operations/accounts/change-user";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import type { ImportedStudy } from "@/lib/server/operations/studies/import-bundle";
import { DEMONSTRATION_ACCOUNTS, DIRECTOR_EMAIL } from "@/prisma/seed/demonstration-accounts";
import { demonstrationBundle } from "@/prisma/seed/demonstration-bundle";
import { DEMONSTRATION_STUDY } from "@/prisma/seed/demonstration-protocol";
import { CHECKOUT } from "../setup/environment.mjs";
import { readablePassword } from "../setup/private-file.mjs";
import { readSignIns, showSignIns, writeSignIns } from "../start/demonstration-sign-ins.mjs";
import type { SignIn } from "../start/demonstration-sign-ins.mjs";
import { readVariables } from "@/lib/server/config/variables.mjs";
import { answerOf } from "./answer";
import { CONSOLE } from "./console-actor";
import { workOfToday } from "./work-of-today";

const { dataDirectory } = readVariables(process.env, CHECKOUT);
const { code } = DEMONSTRATION_STUDY;

/** The people keep the passwords they were once given. */
const signInsOf = (known: readonly SignIn[]): readonly SignIn[] =>
  DEMONSTRATION_ACCOUNTS.map(({ email, name, role }) => {
    const password = known.find((signIn) => signIn.email === email)?.password ?? readablePassword();
    return { role, name, email, password };
  });

/** In every study, so that a study which somebody makes to try things has people at once. */
const accountOf = ({ role, name, email, password }: SignIn): NewUser => ({
  email,
  name,
  password,
  administrator: role === "administrator",
  auditor: role === "auditor",
  everyStudyRoles: role === "technician" || role === "study_director" ? [role] : [],
});

const makeAccount = async (account: NewUser): Promise<Result<unknown, Refusal>> => {
  const made = await createUser(CONSOLE, account);
  if (made.ok || made.fault.code !== "EMAIL_TAKEN") return made;
  const { email, ...change } = account;
  return changeUser(CONSOLE, email, change);
};

const isThere = async (): Promise<boolean> => {
  const { rowCount } = await database().pool.query("SELECT FROM studies WHERE code = $1", [code]);
  return rowCount !== 0;
};

const seed = async (): Promise<Result<ImportedStudy, Refusal>> => {
  if (await isThere())
    return refused(fieldRefusal("STUDY_EXISTS", "code", `The demonstration ${code} is there already.`));
  const signIns = signInsOf(readSignIns(dataDirectory).signIns);
  writeSignIns(dataDirectory, signIns);
  for (const signIn of signIns) {
    const made = await makeAccount(accountOf(signIn));
    if (!made.ok) return made;
  }
  const bundle = demonstrationBundle({ endInstant: new Date().toISOString() });
  const imported = await importBundle(null, code, bundle);
  if (!imported.ok) return imported;
  const worked = await workOfToday(code, bundle, signIns.find(({ email }) => email === DIRECTOR_EMAIL)?.password ?? "");
  return worked.ok ? imported : worked;
};

await answerOf(seed, (study) => {
  console.log(`Made the demonstration ${study.code}: ${study.animals} animals, ${study.entries} entries.`);
  showSignIns(dataDirectory, console.log);
});
