import { beforeAll, describe, expect, test } from "vitest";
import { readStudy } from "@/lib/contracts/routes";
import { ok } from "@/lib/domain/result";
import { database } from "@/lib/server/db/database";
import { endpoint } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/command/actor";
import { changeOwnPassword } from "@/lib/server/operations/accounts/change-own-password";
import { changeUser } from "@/lib/server/operations/accounts/change-user";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { issueToken } from "@/lib/server/operations/accounts/issue-token";
import { revokeOwnTokens } from "@/lib/server/operations/accounts/revoke-own-tokens";
import { checkCredentials } from "./check-credentials";
import { authOptions } from "./next-auth";
import { openSession } from "./sessions";
import { PASSWORD, cookieFor, cookieOf, person, tokenFor, useTestDatabase } from "@/test/people/test-people";

useTestDatabase();

/** An address that only answers who asks. */
const whoAmI = endpoint(readStudy, ({ actor }) => Promise.resolve(ok({ status: 200, body: actor })));

const ask = async (headers: Readonly<Record<string, string>>): Promise<number> => {
  const request = new Request("http://127.0.0.1:3000/api/v1/studies/S", { headers });
  return (await whoAmI(request, { params: Promise.resolve({ code: "S" }) })).status;
};

const withToken = (token: string): Promise<number> => ask({ authorization: `Bearer ${token}` });
const run = (sql: string, ...values: readonly unknown[]) => database().pool.query(sql, [...values]);

let administrator: Actor;
beforeAll(async () => {
  administrator = await person("admin@example.org", { administrator: true });
});

const unexpected = (failure: unknown): never => {
  throw failure;
};

const NO_HEADER = (): null => null;

const checkPassword = (email: string, password: string) =>
  checkCredentials(email, { password }, { via: "session", codeFollows: true });

const CONSOLE: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "console",
  name: "The server's console",
  administrator: true,
  auditor: false,
  via: "console",
};

const NEW_PERSON = { name: "New", administrator: false, auditor: false, everyStudyRoles: [] };

describe("a session", () => {
  test("lets in, and no longer after it was signed out", async () => {
    const ana = await person("ana@example.org");
    const sessionId = (await openSession(ana.userId, "test")) ?? "";
    const cookie = await cookieOf(sessionId);
    expect(await ask({ cookie })).toBe(200);
    await authOptions(unexpected, NO_HEADER).events?.signOut?.({ token: { sid: sessionId }, session: { expires: "" } });
    expect(await ask({ cookie })).toBe(401);
  });

  test.each([
    ["disabled", { disabled: true }],
    ["given another password", { password: "sixty grams of vole" }],
    ["made an auditor", { auditor: true }],
    ["signed out by an administrator", { signOut: true as const }],
  ])("ends when the account is %s", async (what, change) => {
    const someone = await person(`${what.replaceAll(" ", "-")}@example.org`);
    const cookie = await cookieFor(someone);
    expect(await ask({ cookie })).toBe(200);
    expect((await changeUser(administrator, someone.email, change)).ok).toBe(true);
    expect(await ask({ cookie })).toBe(401);
  });

  test("ends after a working day, and when nobody used it", async () => {
    const ben = await person("ben@example.org");
    const aged = await cookieFor(ben);
    await run(`UPDATE sessions SET expires_at = clock_timestamp() WHERE user_id = $1`, ben.userId);
    expect(await ask({ cookie: aged })).toBe(401);
    const idle = await cookieFor(ben);
    expect(await ask({ cookie: idle })).toBe(200);
    await run(
      `UPDATE sessions SET last_seen_at = last_seen_at - interval '119 minutes' WHERE user_id = $1`,
      ben.userId,
    );
    expect(await ask({ cookie: idle })).toBe(200);
    await run(
      `UPDATE sessions SET last_seen_at = clock_timestamp() - interval '121 minutes' WHERE user_id = $1`,
      ben.userId,
    );
    expect(await ask({ cookie: idle })).toBe(401);
  });

  test("using it keeps it", async () => {
    const eve = await person("eve@example.org");
    const cookie = await cookieFor(eve);
    await run(`UPDATE sessions SET last_seen_at = last_seen_at - interval '90 minutes' WHERE user_id = $1`, eve.userId);
    expect(await ask({ cookie })).toBe(200);
    const { rows } = await run(
      `SELECT last_seen_at > clock_timestamp() - interval '1 minute' AS noted FROM sessions WHERE user_id = $1`,
      eve.userId,
    );
    expect(rows).toEqual([{ noted: true }]);
  });

  test.each([
    ["none", ""],
    ["another cookie", "doseline-session=abc"],
    [
      "a cookie of another secret",
      "doseline-session=eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIn0..AAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA",
    ],
  ])("is needed: %s", async (_, cookie) => {
    expect(await ask({ cookie })).toBe(401);
  });

  test.each(["", "0", "'; DROP TABLE users; --", "00000000-0000-0000-0000-000000000000"])(
    "a cookie that names %j lets nobody in",
    async (sid) => {
      expect(await ask({ cookie: await cookieOf(sid) })).toBe(401);
    },
  );
});

describe("a personal token", () => {
  test("lets its owner in until it is revoked, expires, or the account is disabled", async () => {
    const tom = await person("tom@example.org");
    const token = await tokenFor(tom);
    expect(await withToken(token)).toBe(200);
    expect(await revokeOwnTokens(tom)).toEqual(ok({ revoked: 1 }));
    expect(await withToken(token)).toBe(401);

    const second = await tokenFor(tom);
    await run(`UPDATE api_tokens SET expires_at = clock_timestamp() WHERE user_id = $1`, tom.userId);
    expect(await withToken(second)).toBe(401);

    const third = await tokenFor(tom);
    expect(await withToken(third)).toBe(200);
    await changeUser(administrator, tom.email, { disabled: true });
    expect(await withToken(third)).toBe(401);
  });

  test("is kept as a hash only", async () => {
    const una = await person("una@example.org");
    const token = await tokenFor(una);
    const { rows } = await run(
      `SELECT row_to_json(api_tokens)::text AS row FROM api_tokens WHERE user_id = $1`,
      una.userId,
    );
    expect(JSON.stringify(rows)).not.toContain(token.slice(4, 30));
  });

  test("is issued for an account in use, named in any case, and for no other", async () => {
    const issued = await issueToken(CONSOLE, "Admin@Example.org");
    expect(issued.ok && (await withToken(issued.value))).toBe(200);
    for (const email of ["nobody@example.org", "", "\u0000", "x".repeat(10_000)])
      expect((await issueToken(CONSOLE, email)).ok).toBe(false);
  });

  test.each(["", "dsl_", "x", "dsl_" + "a".repeat(43), "dsl_" + "é".repeat(43)])(
    "a wrong one, %j, lets nobody in, whatever cookie comes along",
    async (token) => {
      const cookie = await cookieFor(administrator);
      // A header holds Latin-1 only.
      expect(await ask({ authorization: `Bearer ${token}`, cookie })).toBe(401);
    },
  );

  test.each(["Basic YTpi", "Bearer", "bearer  ", "Token x", ""])(
    "the header %j lets nobody in",
    async (authorization) => {
      expect(await ask({ authorization })).toBe(401);
    },
  );
});

describe("passwords", () => {
  test("eight wrong ones lock the account, for the right one too; a new password opens it", async () => {
    const kim = await person("kim@example.org");
    for (let attempt = 0; attempt < 8; attempt += 1)
      expect((await checkPassword(kim.email, "wrong")).verdict).toBe("wrong");
    expect((await checkPassword(kim.email, PASSWORD)).verdict).toBe("locked");
    await changeUser(administrator, kim.email, { password: "ninety grams of rat" });
    expect((await checkPassword(kim.email, "ninety grams of rat")).verdict).toBe("right");
  });

  test("a lock ends by itself, and the count starts anew", async () => {
    const lea = await person("lea@example.org");
    for (let attempt = 0; attempt < 9; attempt += 1) await checkPassword(lea.email, "wrong");
    await run(`UPDATE users SET locked_until = clock_timestamp() - interval '1 second' WHERE id = $1`, lea.userId);
    expect((await checkPassword(lea.email, "wrong")).verdict).toBe("wrong");
    expect((await checkPassword(lea.email, PASSWORD)).verdict).toBe("right");
  });

  test("the right one starts the count anew", async () => {
    const max = await person("max@example.org");
    for (let round = 0; round < 2; round += 1) {
      for (let attempt = 0; attempt < 7; attempt += 1) await checkPassword(max.email, "wrong");
      expect((await checkPassword(max.email, PASSWORD)).verdict).toBe("right");
    }
  });

  test("guesses sent side by side are counted each", async () => {
    const ida = await person("ida@example.org");
    const verdicts = await Promise.all(Array.from({ length: 30 }, () => checkPassword(ida.email, "wrong")));
    expect(verdicts.filter(({ verdict }) => verdict === "wrong")).toHaveLength(8);
    expect(verdicts.filter(({ verdict }) => verdict === "locked")).toHaveLength(22);
  });

  test("sign-in answers alike for a wrong password, an unknown, a locked and a disabled account", async () => {
    const off = await person("off@example.org");
    await changeUser(administrator, off.email, { disabled: true });
    const locked = await person("locked@example.org");
    for (let attempt = 0; attempt < 8; attempt += 1) await checkPassword(locked.email, "wrong");
    const [provider] = authOptions(unexpected, NO_HEADER).providers;
    if (provider === undefined) throw new Error("there is no way to sign in");
    const { authorize } = provider.options as {
      readonly authorize: (given: unknown, request: object) => Promise<unknown>;
    };
    const signIn = (email: string, password: string): Promise<unknown> => authorize({ email, password }, {});
    expect(await signIn(administrator.email, "wrong")).toBeNull();
    expect(await signIn("nobody@example.org", PASSWORD)).toBeNull();
    expect(await signIn(off.email, PASSWORD)).toBeNull();
    expect(await signIn(locked.email, PASSWORD)).toBeNull();
    expect(await signIn("not an email", PASSWORD)).toBeNull();
    expect(await signIn(administrator.email, "nul \u0000")).toBeNull();
    expect(await authorize({ email: { $ne: null }, password: ["x"] }, {})).toBeNull();
    expect(await authorize(undefined, {})).toBeNull();
    expect(await signIn(administrator.email, PASSWORD)).toMatchObject({ id: expect.any(String) });
  });

  test("one's own is replaced with the old one, and everything opened before ends", async () => {
    const zoe = await person("zoe@example.org");
    const cookie = await cookieFor(zoe);
    const token = await tokenFor(zoe);
    expect(await changeOwnPassword(zoe, { password: "wrong", newPassword: "eighty grams of rat" })).toMatchObject({
      fault: { code: "WRONG_PASSWORD" },
    });
    expect(await ask({ cookie })).toBe(200);
    expect(await changeOwnPassword(zoe, { password: PASSWORD, newPassword: "eighty grams of rat" })).toEqual(
      ok({ changed: true }),
    );
    expect([await ask({ cookie }), await withToken(token)]).toEqual([401, 401]);
    expect((await checkPassword(zoe.email, "eighty grams of rat")).verdict).toBe("right");
  });

  test.each(["aaaaaaaaaaaa", "password1234", "123456789012", "zoe-brandt-1", "abcabcabcabc"])(
    "%j is too easy",
    async (password) => {
      const wanted = { ...NEW_PERSON, email: "zoe-brandt@example.org", password };
      expect(await createUser(administrator, wanted)).toMatchObject({
        fault: { code: "WEAK_PASSWORD", errors: [{ path: "password" }] },
      });
    },
  );

  test("are stored as argon2id", async () => {
    const wanted = { ...NEW_PERSON, email: "new@example.org", password: PASSWORD };
    expect(await createUser(administrator, wanted)).toMatchObject({ ok: true, value: { email: "new@example.org" } });
    const { rows } = await run(`SELECT password_hash AS hash FROM users WHERE email = 'new@example.org'`);
    expect(rows[0]?.hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });
});

describe("accounts", () => {
  test("are made and changed by an administrator only, and an email belongs to one", async () => {
    const wanted = { ...NEW_PERSON, email: "once@example.org", password: PASSWORD };
    const tess = await person("tess@example.org");
    expect(await createUser(tess, wanted)).toMatchObject({ fault: { code: "FORBIDDEN" } });
    expect(await changeUser(tess, tess.email, { administrator: true })).toMatchObject({ fault: { code: "FORBIDDEN" } });
    expect((await createUser(administrator, wanted)).ok).toBe(true);
    expect(await createUser(administrator, { ...wanted, name: "Twice" })).toMatchObject({
      fault: { code: "EMAIL_TAKEN" },
    });
    expect(await changeUser(administrator, "nobody@example.org", { name: "x" })).toMatchObject({
      fault: { code: "NOT_FOUND" },
    });
  });

  test("an administrator cannot lock themself out", async () => {
    expect(await changeUser(administrator, administrator.email, { disabled: true })).toMatchObject({
      fault: { code: "FORBIDDEN" },
    });
    expect(await changeUser(administrator, administrator.email, { administrator: false })).toMatchObject({
      fault: { code: "FORBIDDEN" },
    });
  });
});
