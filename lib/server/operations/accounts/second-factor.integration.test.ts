import { randomUUID } from "node:crypto";
import { Secret } from "otpauth";
import { describe, expect, test } from "vitest";
import * as accountRoute from "@/app/api/v1/account/route";
import * as factorRoute from "@/app/api/v1/account/second-factor/route";
import * as ownRemovalRoute from "@/app/api/v1/account/second-factor/remove/route";
import * as sessionsRoute from "@/app/api/v1/account/sessions/route";
import * as usersRoute from "@/app/api/v1/users/route";
import * as removalRoute from "@/app/api/v1/users/[email]/second-factor/remove/route";
import { begunFactor, ownAccount, setFactor, userList } from "@/lib/contracts/accounts";
import { appOf, setFactorOf } from "@/test/people/test-factors";
import { actorOfSession, openSession } from "@/lib/server/auth/sessions";
import { PASSWORD, person } from "@/test/people/test-people";
import { actAs } from "@/lib/server/store/audit-events";
import { connection, allOrNothing } from "@/lib/server/db/connection";
import { ok } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { SYSTEM, appendAudit, auditedBy } from "@/lib/server/command/audit";
import { onAccount } from "@/lib/server/store/audit-events";
import { eventsOf } from "@/test/database/left-events";
import { said, send, useStaff, withToken } from "@/test/database/set-up";
import { removeSecondFactor } from "./remove-second-factor";

const staff = useStaff();

const begin = (actor: Actor, password = PASSWORD) => send(factorRoute.POST, "POST", actor, {}, { password });
const firstCode = (actor: Actor, code: string) => send(factorRoute.PUT, "PUT", actor, {}, { code });
const takeOff = (actor: Actor, code?: string, password = PASSWORD) =>
  send(ownRemovalRoute.POST, "POST", actor, {}, { password, code });
const account = async (actor: Actor) => ownAccount.parse((await send(accountRoute.GET, "GET", actor, {})).body);
const signer = async (email: string): Promise<Actor> => withToken(await person(email));

describe("setting a second factor", () => {
  test("takes the password, then the first code; before it nothing asks for codes", async () => {
    const ana = await signer("ana@example.org");
    expect(said(await firstCode(ana, "123456"))).toBe("409 NO_SET_UP");
    expect(said(await begin(ana, "wrong"))).toBe("403 WRONG_PASSWORD password");
    const { secret, address, picture } = begunFactor.parse((await begin(ana)).body);
    expect(address).toContain(secret);
    expect(picture.path).toMatch(/^M0 0h1v1h-1z/u);
    expect((await account(ana)).secondFactor).toBeNull();

    const app = appOf(secret);
    expect(said(await firstCode(ana, app.wrongCode()))).toBe("403 WRONG_CODE code");
    const events = await eventsOf(async () => {
      const { recoveryCodes } = setFactor.parse((await firstCode(ana, app.nextCode())).body);
      expect(new Set(recoveryCodes).size).toBe(10);
    });
    expect(events).toMatchObject([
      { kind: "SECOND_FACTOR_SET", actor: ana.email, chain: `account:${ana.userId}`, old: null, value: null },
    ]);
    expect((await account(ana)).secondFactor).toMatchObject({ recoveryCodesLeft: 10, readable: true });
    expect(said(await begin(ana))).toBe("409 SECOND_FACTOR_SET");
    expect(said(await firstCode(ana, app.nextCode()))).toBe("409 SECOND_FACTOR_SET");
  });

  test("begun again, the secret that was shown first is worth nothing", async () => {
    const ben = await signer("ben@example.org");
    const first = appOf(begunFactor.parse((await begin(ben)).body).secret);
    const second = appOf(begunFactor.parse((await begin(ben)).body).secret);
    expect(said(await firstCode(ben, first.nextCode()))).toBe("403 WRONG_CODE code");
    expect((await firstCode(ben, second.nextCode())).status).toBe(200);
  });

  test("keeps neither secret nor recovery code as it was shown", async () => {
    const cleo = await signer("cleo@example.org");
    const { secret } = begunFactor.parse((await begin(cleo)).body);
    const { recoveryCodes } = setFactor.parse((await firstCode(cleo, appOf(secret).nextCode())).body);
    // A row as text shows its octets in hexadecimal: what is looked for is written both ways.
    const rows = await connection.query<{ readonly text: string }>({
      text: `SELECT concat(f::text, c::text) AS text
             FROM second_factors f JOIN recovery_codes c USING (user_id) WHERE user_id = $1::uuid`,
      values: [cleo.userId],
    });
    expect(rows).toHaveLength(10);
    const written = (octets: Uint8Array): string => Buffer.from(octets).toString("hex");
    const asKept = [secret, ...recoveryCodes].flatMap((shown) => {
      const spellings = [shown, shown.replace("-", ""), shown.toLowerCase(), shown.replace("-", "").toLowerCase()];
      return spellings.flatMap((spelling) => [spelling, written(Buffer.from(spelling))]);
    });
    for (const kept of [...asKept, written(Secret.fromBase32(secret).bytes)])
      expect(rows.filter(({ text }) => text.includes(kept))).toEqual([]);

    // The same search finds what stands there, as text and as octets.
    const [row] = rows;
    expect(row?.text).toContain(cleo.userId);
    const [{ sealed } = { sealed: "" }] = await connection.query<{ readonly sealed: string }>({
      text: "SELECT encode(sealed, 'hex') AS sealed FROM second_factors WHERE user_id = $1::uuid",
      values: [cleo.userId],
    });
    expect(row?.text).toContain(sealed);
  });
});

describe("taking a second factor off", () => {
  test("takes password and code, and leaves an event; then the password is enough", async () => {
    const eve = await signer("eve@example.org");
    expect(said(await takeOff(eve, "123456"))).toBe("409 NO_SECOND_FACTOR");
    const app = await setFactorOf(eve);
    expect(said(await takeOff(eve))).toBe("403 CODE_REQUIRED code");
    expect(said(await takeOff(eve, app.nextCode(), "wrong"))).toBe("403 WRONG_PASSWORD password");
    const events = await eventsOf(async () => expect((await takeOff(eve, app.nextCode())).status).toBe(200));
    expect(events).toMatchObject([{ kind: "SECOND_FACTOR_REMOVED", actor: eve.email, reason: null }]);
    expect((await account(eve)).secondFactor).toBeNull();
    const left = await connection.query({
      text: "SELECT 1 FROM recovery_codes WHERE user_id = $1",
      values: [eve.userId],
    });
    expect(left).toEqual([]);
    expect((await begin(eve)).status).toBe(200);
  });

  const removal = (by: Actor, email: string, reason = "The phone fell into the autoclave") =>
    send(removalRoute.POST, "POST", by, { email }, { reason });

  test("is an administrator's for somebody else, with a reason; what was open ends", async () => {
    const kim = await signer("kim@example.org");
    await setFactorOf(kim);
    const sid = (await openSession(kim.userId, null)) ?? "";
    expect(said(await removal(staff.tim, kim.email))).toBe("403 FORBIDDEN");
    expect(said(await removal(staff.admin, kim.email, " "))).toBe("422 INVALID_INPUT reason");
    const events = await eventsOf(async () =>
      expect(await removal(staff.admin, "KIM@example.org")).toEqual({ status: 200, body: { removed: true } }),
    );
    expect(events).toMatchObject([
      {
        kind: "SECOND_FACTOR_REMOVED",
        actor: staff.admin.email,
        roles: "administrator",
        subject: kim.email,
        reason: "The phone fell into the autoclave",
        chain: `account:${kim.userId}`,
      },
    ]);
    expect(await actorOfSession(sid)).toBeNull();
    expect(said(await send(accountRoute.GET, "GET", kim, {}))).toBe("401 NOT_SIGNED_IN");
    expect(said(await removal(staff.admin, kim.email))).toBe("409 NO_SECOND_FACTOR");
    expect(said(await removal(staff.admin, "nobody@example.org"))).toBe("404 NOT_FOUND");
  });

  test("of one's own account is not an administrator's, who has password and code for it; the console can", async () => {
    const boss = await withToken(await person("boss@example.org", { administrator: true }));
    await setFactorOf(boss);
    expect(said(await removal(boss, boss.email))).toBe("403 FORBIDDEN");
    const console: Actor = { ...boss, userId: randomUUID(), email: "console", via: "console" };
    const events = await eventsOf(() => removeSecondFactor(console, boss.email, { reason: "Locked out" }));
    expect(events).toMatchObject([{ kind: "SECOND_FACTOR_REMOVED", actor: "console", origin: "console" }]);
  });

  test("an administrator sees who has one, and who is locked, and nothing of the secret", async () => {
    const lea = await signer("lea@example.org");
    await setFactorOf(lea);
    const { body } = await send(usersRoute.GET, "GET", staff.admin, {});
    const listed = userList.parse(body).users.find(({ email }) => email === lea.email);
    expect(listed).toMatchObject({ secondFactor: true, locked: false });
    expect(JSON.stringify(body)).not.toMatch(/seal|secret|salt/u);
  });
});

describe("a server with another secret than the one it was set under", () => {
  test("says so, and takes a recovery code", async () => {
    const una = await signer("una@example.org");
    const { recoveryCodes } = await setFactorOf(una);
    // The same factor, as if sealed by a server with another secret.
    await allOrNothing(async (transaction) => {
      const [row] = await transaction.query<{ sealed: Buffer; salt: Buffer; hashes: readonly Buffer[] }>({
        text: `SELECT sealed, recovery_salt AS salt, ARRAY(SELECT code_hash FROM recovery_codes WHERE user_id = $1) AS hashes
               FROM second_factors WHERE user_id = $1`,
        values: [una.userId],
      });
      await transaction.query({ text: "DELETE FROM second_factors WHERE user_id = $1", values: [una.userId] });
      await transaction.query({
        text: "INSERT INTO second_factors (user_id, sealed, key_id) VALUES ($1, $2, '0123456789abcdef')",
        values: [una.userId, row?.sealed],
      });
      await transaction.query({
        text: "INSERT INTO recovery_codes (user_id, code_hash) SELECT $1, unnest($2::bytea[])",
        values: [una.userId, row?.hashes],
      });
      await transaction.query({
        text: "UPDATE second_factors SET set_at = clock_timestamp(), recovery_salt = $2 WHERE user_id = $1",
        values: [una.userId, row?.salt],
      });
      const place = { ...onAccount(una.userId), subject: una.email };
      await appendAudit(transaction, SYSTEM, [
        { ...place, kind: "SECOND_FACTOR_REMOVED" },
        { ...place, kind: "SECOND_FACTOR_SET" },
      ]);
      await actAs(transaction, auditedBy(una));
      return ok(null);
    });
    expect((await account(una)).secondFactor).toMatchObject({ readable: false });
    const refused = await takeOff(una, "123456");
    expect(said(refused)).toBe("409 SECOND_FACTOR_UNREADABLE code");
    expect(JSON.stringify(refused.body)).toContain("ask an administrator to take the second factor off");
    expect((await takeOff(una, recoveryCodes[0])).status).toBe(200);
  });
});

test("everything that is open in one's name is ended at once, by oneself", async () => {
  const zoe = await signer("zoe@example.org");
  const sid = (await openSession(zoe.userId, null)) ?? "";
  expect(await account(zoe)).toMatchObject({ sessions: 1, tokens: 1 });
  const events = await eventsOf(() => send(sessionsRoute.DELETE, "DELETE", zoe, {}));
  expect(events).toMatchObject([{ kind: "SESSIONS_ENDED", actor: zoe.email }]);
  expect(await actorOfSession(sid)).toBeNull();
  expect(said(await send(accountRoute.GET, "GET", zoe, {}))).toBe("401 NOT_SIGNED_IN");
});
