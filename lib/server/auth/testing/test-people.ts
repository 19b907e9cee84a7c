import { encode } from "next-auth/jwt";
import { afterAll, beforeAll } from "vitest";
import type { Actor } from "@/lib/server/kernel/actor";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/lib/server/db/testing/test-database";
import { hashPassword } from "../password";
import { openSession } from "../sessions";
import { openToken } from "../tokens";

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
  const { rows } = await database().pool.query<{ readonly id: string }>(
    `INSERT INTO users (email, name, password_hash, administrator, auditor) VALUES ($1, $2, $3, $4, $5) RETURNING id::text`,
    [email, email.replace(/@.*/, ""), await hashOfPassword, administrator, auditor],
  );
  return { userId: rows[0]?.id ?? "", email, name: email.replace(/@.*/, ""), administrator, auditor, via: "session" };
};

/** The cookie a browser would hold for a session of this id. */
export const cookieOf = async (sessionId: string): Promise<string> =>
  `doseline-session=${await encode({ token: { sid: sessionId }, secret: SECRET })}`;

/** Opens a session and gives its cookie. */
export const cookieFor = async ({ userId }: Actor): Promise<string> =>
  cookieOf((await openSession(userId, null)) ?? "");

export const tokenFor = ({ userId }: Actor): Promise<string> => openToken(userId, "test");

/** Makes the person what is named in the study, beside what they are there already. */
export const join = async ({ userId }: Actor, code: string, ...roles: readonly string[]): Promise<void> => {
  await database().pool.query(
    `INSERT INTO memberships (study_id, user_id, role) SELECT id, $2, unnest($3::text[]) FROM studies WHERE code = $1`,
    [code, userId, roles],
  );
};
