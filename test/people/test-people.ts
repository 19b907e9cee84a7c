import { encode } from "next-auth/jwt";
import { afterAll, beforeAll } from "vitest";
import type { Actor } from "@/lib/server/command/actor";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/test/database/test-database";
import { inTransaction } from "@/lib/server/db/transaction";
import { onAccount, onStudy } from "@/lib/server/store/audit-events";
import { SYSTEM, appendAudit } from "@/lib/server/command/audit";
import { hashPassword } from "../../lib/server/auth/password";
import { openSession } from "../../lib/server/auth/sessions";
import { openToken } from "../../lib/server/auth/tokens";

/** Of the tests alone; a server makes its own at its first start. */
const SECRET = "a secret of the tests, long enough for a key";
export const PASSWORD = "forty grams of mouse";

/** Gives the tests of a file a database of their own, and the process an environment that names it. */
export const useTestDatabase = (): void => {
  beforeAll(async () => {
    const { databaseUrl } = await createTestDatabase();
    process.env["DATABASE_URL"] = databaseUrl;
    process.env["NEXTAUTH_SECRET"] = SECRET;
    process.env["NEXTAUTH_URL"] = "http://127.0.0.1:3000";
    useDatabase(openDatabase(databaseUrl));
  });
  afterAll(() => database().close());
};

type Standing = { readonly administrator?: boolean; readonly auditor?: boolean };

let hashOfPassword: Promise<string> | undefined;

/** An account with the password of the tests, as the actor it is by session. */
export const person = async (
  email: string,
  { administrator = false, auditor = false }: Standing = {},
): Promise<Actor> => {
  hashOfPassword ??= hashPassword(PASSWORD);
  const values = [email, email.replace(/@.*/, ""), await hashOfPassword, administrator, auditor];
  const userId = await inTransaction(database(), async (transaction) => {
    const [made] = await transaction.query<{ readonly id: string }>({
      text: `INSERT INTO users (email, name, password_hash, administrator, auditor) VALUES ($1, $2, $3, $4, $5) RETURNING id::text`,
      values,
    });
    const id = made?.id ?? "";
    const newValue = {
      email,
      name: email.replace(/@.*/, ""),
      administrator,
      auditor,
      everyStudyRoles: [],
      disabled: false,
    };
    await appendAudit(transaction, SYSTEM, [{ ...onAccount(id), kind: "USER_CREATED", subject: email, newValue }]);
    return { keep: true, value: id };
  });
  return { userId, email, name: email.replace(/@.*/, ""), administrator, auditor, via: "session" };
};

/** The cookie a browser would hold for a session of this id. */
export const cookieOf = async (sessionId: string): Promise<string> =>
  `doseline-session=${await encode({ token: { sid: sessionId }, secret: SECRET })}`;

/** Opens a session and gives its cookie. */
export const cookieFor = async ({ userId }: Actor): Promise<string> =>
  cookieOf((await openSession(userId, null)) ?? "");

export const tokenFor = ({ userId }: Actor): Promise<string> => openToken(SYSTEM, userId, "test");

/** Makes the person what is named in the study, beside what they are there already. */
export const join = ({ userId, email }: Actor, code: string, ...roles: readonly string[]): Promise<void> =>
  inTransaction(database(), async (transaction) => {
    const [study] = await transaction.query<{ readonly id: number; readonly code: string }>({
      text: `SELECT id, code FROM studies WHERE code = $1`,
      values: [code],
    });
    if (study === undefined) throw new Error(`there is no study ${code}`);
    await transaction.query({
      text: `INSERT INTO memberships (study_id, user_id, role) SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING`,
      values: [study.id, userId, roles],
    });
    await appendAudit(transaction, SYSTEM, [
      { ...onStudy(study), kind: "MEMBERSHIP_CHANGED", subject: email, newValue: roles },
    ]);
    return { keep: true, value: undefined };
  });

/** Changes the accounts of people by SQL that takes their ids, with the events that the database asks for. */
export const changeAccounts = (sql: string, ...people: readonly [Actor, ...Actor[]]): Promise<void> =>
  inTransaction(database(), async (transaction) => {
    await transaction.query({ text: sql, values: [people.map(({ userId }) => userId)] });
    for (const { userId, email } of people) {
      await appendAudit(transaction, SYSTEM, [{ ...onAccount(userId), kind: "USER_CHANGED", subject: email }]);
    }
    return { keep: true, value: undefined };
  });
