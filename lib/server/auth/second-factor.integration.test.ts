import { describe, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { eventsOf, kindsOf } from "@/test/database/left-events";
import { confirmIdentity } from "./confirm-identity";
import { authOptions } from "./next-auth";
import { setFactorOf } from "@/test/people/test-factors";
import { PASSWORD, person, useTestDatabase } from "@/test/people/test-people";

useTestDatabase();

const unexpected = (failure: unknown): never => {
  throw failure;
};

/** What the form is told: let in, refused, or why the code is not enough. */
const signIn = async (email: string, password: string, code?: string): Promise<string> => {
  const [provider] = authOptions(unexpected, () => null).providers;
  const { authorize } = (provider?.options ?? {}) as { readonly authorize?: (given: unknown) => Promise<unknown> };
  try {
    return (await authorize?.({ email, password, ...(code === undefined ? {} : { code }) })) === null
      ? "refused"
      : "in";
  } catch (told) {
    return told instanceof Error ? told.message : String(told);
  }
};

const attemptsOf = async ({ userId }: Actor) => {
  const [row] = await connection.query<{ readonly attempts: number; readonly locked: boolean }>({
    text: `SELECT failed_attempts AS attempts, locked_until IS NOT NULL AS locked FROM users WHERE id = $1`,
    values: [userId],
  });
  return row;
};

describe("signing in with a second factor", () => {
  test("asks for a code after the right password, and for nothing after a wrong one", async () => {
    const ana = await person("ana@example.org");
    const app = await setFactorOf(ana);
    expect(await signIn(ana.email, "wrong")).toBe("refused");
    expect(await signIn(ana.email, "wrong", app.nextCode())).toBe("refused");
    expect(await eventsOf(async () => expect(await signIn(ana.email, PASSWORD)).toBe("CodeRequired"))).toEqual([]);
    expect(await signIn(ana.email, PASSWORD, "  ")).toBe("CodeRequired");
    const events = await eventsOf(async () => expect(await signIn(ana.email, PASSWORD, app.nextCode())).toBe("in"));
    expect(kindsOf(events)).toEqual(["SIGNED_IN"]);
    expect(await attemptsOf(ana)).toEqual({ attempts: 0, locked: false });
  });

  test("takes a code once, by whichever of two requests is first, and none from before it", async () => {
    const ben = await person("ben@example.org");
    const app = await setFactorOf(ben);
    const [earlier, code] = [app.nextCode(), app.nextCode()];
    const told = await Promise.all(Array.from({ length: 5 }, () => signIn(ben.email, PASSWORD, code)));
    expect(told.toSorted()).toEqual(["CodeUsed", "CodeUsed", "CodeUsed", "CodeUsed", "in"]);
    expect(await signIn(ben.email, PASSWORD, earlier)).toBe("CodeUsed");
    const events = await eventsOf(() => signIn(ben.email, PASSWORD, code));
    expect(events).toMatchObject([
      { kind: "SIGN_IN_FAILED", value: { cause: "CODE_USED" }, chain: `account:${ben.userId}` },
    ]);
  });

  test("takes a recovery code in the place of one, once, and says how many are left", async () => {
    const eve = await person("eve@example.org");
    const { recoveryCodes } = await setFactorOf(eve);
    const [first = "", second = ""] = recoveryCodes;
    const events = await eventsOf(async () =>
      expect(await signIn(eve.email, PASSWORD, first.toUpperCase())).toBe("in"),
    );
    expect(events).toMatchObject([
      { kind: "RECOVERY_CODE_USED", actor: eve.email, origin: "session", value: { left: 9 } },
      { kind: "SIGNED_IN" },
    ]);
    expect(JSON.stringify(events)).not.toContain(first);
    expect(await signIn(eve.email, PASSWORD, first)).toBe("CodeUsed");
    expect(await signIn(eve.email, PASSWORD, "00000-00000")).toBe("CodeRefused");
    expect(await signIn(eve.email, PASSWORD, second)).toBe("in");
  });

  test("counts wrong codes like wrong passwords, together with them, and locks at eight", async () => {
    const kim = await person("kim@example.org");
    const app = await setFactorOf(kim);
    for (let attempt = 0; attempt < 4; attempt += 1) expect(await signIn(kim.email, "wrong")).toBe("refused");
    for (let attempt = 0; attempt < 3; attempt += 1) {
      expect(await signIn(kim.email, PASSWORD, app.wrongCode())).toBe("CodeRefused");
      // The first half of a sign-in is no failure, and ends no row of them.
      expect(await signIn(kim.email, PASSWORD)).toBe("CodeRequired");
    }
    expect(await attemptsOf(kim)).toEqual({ attempts: 7, locked: false });
    const last = await eventsOf(() => signIn(kim.email, PASSWORD, app.wrongCode()));
    expect(last).toMatchObject([
      { kind: "ACCOUNT_LOCKED", chain: `account:${kim.userId}` },
      { kind: "SIGN_IN_FAILED", value: { cause: "CODE_WRONG" } },
    ]);
    expect(await signIn(kim.email, PASSWORD, app.nextCode())).toBe("refused");
  });

  test("judges the code of the attempt that reaches the limit", async () => {
    const lea = await person("lea@example.org");
    const app = await setFactorOf(lea);
    for (let attempt = 0; attempt < 7; attempt += 1) await signIn(lea.email, PASSWORD, app.wrongCode());
    expect(await signIn(lea.email, PASSWORD, app.nextCode())).toBe("in");
    expect(await attemptsOf(lea)).toEqual({ attempts: 0, locked: false });
  });

  test("without one set, what is typed as the code counts for nothing", async () => {
    const max = await person("max@example.org");
    expect(await signIn(max.email, PASSWORD, "123456")).toBe("in");
  });
});

describe("confirming who one is", () => {
  test("without, with a wrong and with a used code: refused at the code, with the way out, and counted", async () => {
    const ida = await person("ida@example.org");
    const app = await setFactorOf(ida);
    const confirm = (code?: string) => confirmIdentity(ida, { password: PASSWORD, code });
    const missing = await eventsOf(async () =>
      expect(await confirm()).toMatchObject({ fault: { code: "CODE_REQUIRED", errors: [{ path: "code" }] } }),
    );
    expect(missing).toMatchObject([{ kind: "PASSWORD_REFUSED", value: { cause: "CODE_MISSING" }, actor: ida.email }]);
    expect(await confirm(app.wrongCode())).toMatchObject({ fault: { code: "WRONG_CODE", errors: [{ path: "code" }] } });
    expect(await attemptsOf(ida)).toEqual({ attempts: 2, locked: false });
    const code = app.nextCode();
    expect(await confirm(code)).toMatchObject({ ok: true });
    expect(await attemptsOf(ida)).toEqual({ attempts: 0, locked: false });
    expect(await confirm(code)).toMatchObject({
      fault: { code: "WRONG_CODE", detail: expect.stringContaining("Wait for the next one") as string },
    });
    expect(await confirmIdentity(ida, { password: "wrong", code: app.nextCode() })).toMatchObject({
      fault: { code: "WRONG_PASSWORD", errors: [{ path: "password" }] },
    });
  });
});
