import { describe, expect, test } from "vitest";
import * as usersRoute from "@/app/api/v1/users/route";
import { checkCredentials } from "@/lib/server/auth/check-credentials";
import { confirmIdentity } from "@/lib/server/auth/confirm-identity";
import { authOptions } from "@/lib/server/auth/next-auth";
import { openSession } from "@/lib/server/auth/sessions";
import { PASSWORD, changeAccounts, person } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import { eventsOf, kindsOf } from "@/test/database/left-events";
import { send, useStaff, withToken } from "@/test/database/set-up";
import { changeOwnPassword } from "./change-own-password";
import { changeUser } from "./change-user";
import { revokeOwnTokens } from "./revoke-own-tokens";

const staff = useStaff();

describe("accounts", () => {
  const newUser = { email: "eve@example.org", name: "Eve", password: "sixty grams of rabbit" };
  const change = (email: string, wanted: Parameters<typeof changeUser>[2]) =>
    eventsOf(async () => expect(await changeUser(staff.admin, email, wanted)).toMatchObject({ ok: true }));

  test("made, changed, given a password: each an event on its chain, none with the password", async () => {
    const made = await eventsOf(() => send(usersRoute.POST, "POST", staff.admin, {}, newUser));
    expect(made).toMatchObject([
      { kind: "USER_CREATED", subject: newUser.email, value: { name: "Eve", auditor: false } },
    ]);
    expect(await change(newUser.email, { auditor: true, name: "Eva" })).toMatchObject([
      { kind: "USER_CHANGED", old: { name: "Eve", auditor: false }, value: { name: "Eva", auditor: true } },
    ]);
    expect(kindsOf(await change(newUser.email, { password: "seventy grams of cat", disabled: true }))).toEqual([
      "USER_CHANGED",
      "PASSWORD_SET",
    ]);
    expect(kindsOf(await change(newUser.email, { signOut: true }))).toEqual(["SESSIONS_ENDED"]);
    expect(await change(newUser.email, { name: "Eva" })).toEqual([]);
    const [held] = await connection.query<{ n: number }>({
      text: "SELECT count(*)::int AS n FROM audit_events WHERE concat(old_value, new_value, subject, reason) ~ 'grams of|argon2'",
    });
    expect(held?.n).toBe(0);
  });

  test("nobody takes their own account out of service, and that it was tried is kept", async () => {
    expect(await eventsOf(() => changeUser(staff.admin, staff.admin.email, { disabled: true }))).toMatchObject([
      { kind: "ACCESS_REFUSED", actor: "admin@example.org", roles: "administrator", subject: "user.manage" },
    ]);
  });

  test("one's own password and tokens", async () => {
    const zoe = await withToken(await person("zoe@example.org"));
    expect(kindsOf(await eventsOf(() => revokeOwnTokens(zoe)))).toEqual(["TOKENS_REVOKED"]);
    expect(await eventsOf(() => revokeOwnTokens(zoe))).toEqual([]);
    const own = { password: PASSWORD, newPassword: "eighty grams of owl" };
    expect(await eventsOf(() => changeOwnPassword(zoe, own))).toMatchObject([
      { kind: "PASSWORD_CHANGED", actor: "zoe@example.org", chain: `account:${zoe.userId}` },
    ]);
  });
});

describe("signing in", () => {
  const wrongPassword = (email: string) =>
    checkCredentials(email, { password: "wrong" }, { via: "session", codeFollows: true });
  const header = (name: string): string | null => (name === "x-forwarded-for" ? "192.0.2.9" : null);
  const thrown = (failure: unknown): never => {
    throw failure;
  };
  const signIn = (email: unknown, password = PASSWORD) =>
    eventsOf(async () => {
      const [provider] = authOptions(thrown, header).providers;
      if (provider === undefined) throw new Error("there is no way to sign in");
      const { authorize } = provider.options as { readonly authorize: (given: unknown) => Promise<unknown> };
      await authorize({ email, password });
    });

  test("in, and out", async () => {
    const ben = await person("ben@example.org", { auditor: true });
    expect(await signIn(ben.email)).toMatchObject([
      {
        kind: "SIGNED_IN",
        actor: ben.email,
        roles: "auditor",
        origin: "session",
        address: "192.0.2.9",
        chain: `account:${ben.userId}`,
      },
    ]);
    const sid = await openSession(ben.userId, null);
    const out = () =>
      authOptions(thrown, header).events?.signOut?.({ token: { sid: sid ?? "" }, session: { expires: "" } });
    expect(await eventsOf(async () => out())).toMatchObject([{ kind: "SIGNED_OUT", actor: ben.email }]);
    expect(await eventsOf(async () => out())).toEqual([]);
  });

  test("what failed, and why: on the account's chain, of nobody's account on the installation's", async () => {
    const kim = await person("kim@example.org");
    expect(await signIn(kim.email, "wrong")).toMatchObject([
      { kind: "SIGN_IN_FAILED", actor: kim.email, value: { cause: "WRONG_PASSWORD" }, chain: `account:${kim.userId}` },
    ]);
    expect(await signIn("nobody@example.org")).toMatchObject([
      {
        kind: "SIGN_IN_FAILED",
        actor: "nobody@example.org",
        value: { cause: "UNKNOWN_ACCOUNT" },
        chain: "installation",
      },
    ]);
    await changeAccounts("UPDATE users SET disabled_at = clock_timestamp() WHERE id = ANY ($1)", kim);
    expect(await signIn(kim.email)).toMatchObject([{ value: { cause: "ACCOUNT_DISABLED" } }]);
  });

  test("what is no email is not kept: people type passwords there", async () => {
    const events = await signIn("my secret password");
    expect(events).toMatchObject([{ kind: "SIGN_IN_FAILED", value: { cause: "MALFORMED" }, chain: "installation" }]);
    expect(JSON.stringify(events)).not.toContain("my secret password");
  });

  test("the lock", async () => {
    const lea = await person("lea@example.org");
    for (let attempt = 0; attempt < 7; attempt += 1) await wrongPassword(lea.email);
    expect(await signIn(lea.email, "wrong")).toMatchObject([
      { kind: "ACCOUNT_LOCKED", actor: "system", origin: "system" },
      { kind: "SIGN_IN_FAILED", value: { cause: "WRONG_PASSWORD" } },
    ]);
    expect(await signIn(lea.email)).toMatchObject([{ kind: "SIGN_IN_FAILED", value: { cause: "ACCOUNT_LOCKED" } }]);
    expect(await eventsOf(() => confirmIdentity(lea, { password: PASSWORD }))).toMatchObject([
      { kind: "PASSWORD_REFUSED", actor: lea.email, value: { cause: "ACCOUNT_LOCKED" } },
    ]);
  });
});
