import { createHash, randomUUID } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import * as installationFileRoute from "@/app/api/v1/audit.csv/route";
import * as installationRoute from "@/app/api/v1/audit/route";
import * as fileRoute from "@/app/api/v1/studies/[code]/audit.csv/route";
import * as reviewRoute from "@/app/api/v1/studies/[code]/audit/reviews/route";
import * as listRoute from "@/app/api/v1/studies/[code]/audit/route";
import * as membersRoute from "@/app/api/v1/studies/[code]/members/route";
import * as reviewsRoute from "@/app/api/v1/studies/[code]/reviews/route";
import * as signReviewsRoute from "@/app/api/v1/studies/[code]/reviews/sign/route";
import { auditPage } from "@/lib/contracts/audit";
import { reviewList } from "@/lib/contracts/reviews";
import type { AuditEvent } from "@/lib/contracts/audit";
import { AUDIT_KINDS } from "@/lib/domain/audit/events";
import { join, PASSWORD, person, tokenFor } from "@/lib/server/auth/testing/test-people";
import { onStudy } from "@/lib/server/db/audit-events";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/kernel/actor";
import { appendAudit, auditedBy } from "@/lib/server/kernel/audit";
import { BECAUSE, DEVIATION, activeStudy, ago, cbc, dose, record, recorded, weight } from "../testing/entry-study";
import { said, send, useStaff } from "../testing/set-up";
import { countedEvents } from "./list-events";
import { readExceptions } from "./read-exceptions";

const staff = useStaff();
const CODE = "A-001";
const MANY = 250;

const tokens = new Map<string, Promise<string>>();

/** One token a person: to issue another is an event. */
const tokenOf = (actor: Actor): Promise<string> => {
  const token = tokens.get(actor.userId) ?? tokenFor(actor);
  tokens.set(actor.userId, token);
  return token;
};

const ask = async (handler: RouteHandler, actor: Actor, code: string | null, query = ""): Promise<Response> => {
  const headers = { authorization: `Bearer ${await tokenOf(actor)}` };
  const params = Promise.resolve(code === null ? {} : { code });
  return handler(new Request(`http://127.0.0.1:3000/api/v1/x${query}`, { headers }), { params });
};

const pageOf = async (actor: Actor, code: string | null, query = "") => {
  const response = await ask(code === null ? installationRoute.GET : listRoute.GET, actor, code, query);
  expect(response.status).toBe(200);
  return auditPage.parse(await response.json());
};

/** Every page, from the latest event to the first. */
const walk = async (actor: Actor, code: string | null, filters: string): Promise<readonly AuditEvent[]> => {
  const events: AuditEvent[] = [];
  for (let after: string | null = ""; after !== null;) {
    const query = new URLSearchParams(filters);
    if (after !== "") query.set("after", after);
    const page = await pageOf(actor, code, `?${query.toString()}`);
    expect(page.events.length).toBeLessThanOrEqual(50);
    events.push(...page.events);
    after = page.next;
  }
  return events;
};

const stored = async (where: string): Promise<readonly string[]> => {
  const rows = await connection.query<{ readonly key: string }>({
    text: `SELECT chain || ' ' || sequence AS key FROM audit_events WHERE ${where} ORDER BY at DESC, chain DESC, sequence DESC`,
  });
  return rows.map(({ key }) => key);
};
const keysOf = (events: readonly AuditEvent[]): readonly string[] =>
  events.map(({ chain, sequence }) => `${chain} ${sequence}`);

let studyId = 0;
let corrected = "";

beforeAll(async () => {
  await activeStudy(staff, CODE);
  await activeStudy(staff, "A-002");
  const [study] = await connection.query<{ readonly id: number }>({
    text: "SELECT id FROM studies WHERE code = $1",
    values: [CODE],
  });
  studyId = study?.id ?? 0;
  recorded(await record(staff.tim, CODE, dose("M001", 4, ago(9), DEVIATION)));
  const low = cbc("M001", 0.4, ago(5));
  recorded(await record(staff.tim, CODE, low));
  const correction = { ...cbc("M001", 2.4, low.observedAt), corrects: low.id, ...BECAUSE };
  recorded(await record(staff.tim, CODE, correction));
  corrected = correction.id;
  const place = onStudy({ id: studyId, code: CODE });
  const [first, ...rest] = Array.from({ length: MANY }, (_, index) => ({
    ...place,
    kind: "BUNDLE_EXPORTED" as const,
    subject: `=bundle ${String(index)}`,
  }));
  if (first === undefined) throw new Error("no events");
  await inTransaction(database().pool, async (transaction) => {
    await appendAudit(transaction, auditedBy(staff.ada, ["auditor"]), [first, ...rest]);
    return { keep: true, value: null };
  });
});

describe("the trail", () => {
  test("is read page by page, every event once, the latest first, and no other study's", async () => {
    const events = await walk(staff.ada, CODE, "");
    expect(events.length).toBeGreaterThan(MANY);
    expect(keysOf(events)).toEqual(await stored(`study_id = ${String(studyId)}`));
  });

  test("is filtered by kind, person, animal and time, together too", async () => {
    expect(await walk(staff.ada, CODE, "kind=BUNDLE_EXPORTED")).toHaveLength(MANY);
    const ofAda = await walk(staff.dora, CODE, "person=ada@example.org");
    expect(new Set(ofAda.map(({ actor }) => actor))).toEqual(new Set(["ada@example.org"]));
    const ofAnimal = await walk(staff.ada, CODE, "animal=M001");
    expect(keysOf(ofAnimal)).toEqual(
      await stored(`animal_id = (SELECT id FROM animals WHERE study_id = ${String(studyId)} AND tag = 'M001')`),
    );
    expect(new Set(ofAnimal.map(({ animal }) => animal))).toEqual(new Set(ofAnimal.length === 0 ? [] : ["M001"]));
    expect(await walk(staff.ada, CODE, "animal=M404")).toEqual([]);
    expect(await walk(staff.ada, CODE, "to=2020-01-01")).toEqual([]);
    expect(await walk(staff.ada, CODE, "from=2020-01-01&kind=BUNDLE_EXPORTED&person=ada@example.org")).toHaveLength(
      MANY,
    );
    expect(await walk(staff.ada, CODE, "kind=BUNDLE_EXPORTED&person=nobody@example.org")).toEqual([]);
  });

  test("is turned back page by page to where it was begun, with and without an animal", async () => {
    for (const filters of ["kind=BUNDLE_EXPORTED", "animal=M001"]) {
      const whole = keysOf(await walk(staff.ada, CODE, filters));
      const pages: (readonly string[])[] = [];
      let page = await pageOf(staff.ada, CODE, `?${filters}`);
      expect(page.previous).toBeNull();
      for (
        ;
        page.next !== null;
        page = await pageOf(staff.ada, CODE, `?${filters}&after=${encodeURIComponent(page.next)}`)
      )
        pages.push(keysOf(page.events));
      while (page.previous !== null) {
        page = await pageOf(staff.ada, CODE, `?${filters}&before=${encodeURIComponent(page.previous)}`);
        expect(keysOf(page.events)).toEqual(pages.pop());
      }
      expect(pages).toEqual([]);
      expect(keysOf(page.events)).toEqual(whole.slice(0, 50));
    }
  });

  test("on the screen says how many events there are of these", async () => {
    const read = await countedEvents(staff.ada, CODE, { kind: "BUNDLE_EXPORTED" });
    expect(read.ok && read.value.count).toBe(MANY);
    const none = await countedEvents(staff.ada, CODE, { kind: "BUNDLE_EXPORTED", animal: "M404" });
    expect(none.ok && none.value.count).toBe(0);
  });

  test("a wrong filter is named", async () => {
    const long = `9${"0".repeat(17)}`;
    for (const query of [
      "?kind=NOTHING",
      "?from=yesterday",
      "?after=here",
      "?before=1",
      "?offset=3",
      "?person=a%0Ab",
      `?after=${long}.1.x`,
    ])
      expect((await ask(listRoute.GET, staff.ada, CODE, query)).status, query).toBe(422);
  });

  test("is not for technicians, and that of the installation only for auditor and administrator", async () => {
    expect((await ask(listRoute.GET, staff.tim, CODE)).status).toBe(403);
    expect((await ask(fileRoute.GET, staff.tim, CODE)).status).toBe(403);
    for (const actor of [staff.dora, staff.tim]) {
      expect((await ask(installationRoute.GET, actor, null)).status).toBe(403);
      expect((await ask(installationFileRoute.GET, actor, null)).status).toBe(403);
    }
    for (const actor of [staff.ada, staff.admin]) {
      const events = await walk(actor, null, "");
      expect(keysOf(events)).toEqual(await stored("study_id IS NULL"));
    }
  });

  test("an auditor who is limited to a study reads that one's, and not that of the installation", async () => {
    const limited = await person("limited@example.org", { auditor: true });
    expect((await ask(installationRoute.GET, limited, null)).status).toBe(200);
    await join(limited, CODE, "auditor");
    expect((await ask(listRoute.GET, limited, CODE)).status).toBe(200);
    expect((await ask(listRoute.GET, limited, "A-002")).status).toBe(404);
    expect((await ask(fileRoute.GET, limited, "A-002")).status).toBe(404);
    expect((await ask(installationRoute.GET, limited, null)).status).toBe(403);
    expect((await ask(installationFileRoute.GET, limited, null)).status).toBe(403);
  });

  test("as a file has the rows of the screen, their number and hash, and is itself an event", async () => {
    const shown = await walk(staff.ada, CODE, "kind=BUNDLE_EXPORTED");
    const response = await ask(fileRoute.GET, staff.ada, CODE, "?kind=BUNDLE_EXPORTED");
    expect(response.status).toBe(200);
    const [head = "", ...rest] = (await response.text()).split("\r\n\r\n");
    const table = rest.join("\r\n\r\n");
    const above = new Map(parse(head).map(([name = "", value = ""]) => [name, value]));
    const sha256 = createHash("sha256").update(table).digest("hex");
    expect(above.get("Filters")).toBe("Kind BUNDLE_EXPORTED");
    expect([above.get("Rows"), above.get("SHA-256 of the table below")]).toEqual([String(MANY), sha256]);
    const rows = parse(table, { columns: true }) as readonly Readonly<Record<string, string>>[];
    expect(rows.map((row) => `${row["Chain"] ?? ""} ${row["Sequence"] ?? ""}`)).toEqual(keysOf(shown));
    expect(rows[0]?.["Subject"]).toBe(`'=bundle ${String(MANY - 1)}`);
    expect(rows.map((row) => row["Hash"])).toEqual(shown.map(({ hash }) => hash));
    const [event] = await walk(staff.ada, CODE, "kind=AUDIT_EXPORTED");
    expect(JSON.parse(event?.newValue ?? "null")).toEqual({ filters: { kind: "BUNDLE_EXPORTED" } });
    const ofInstallation = await (await ask(installationFileRoute.GET, staff.admin, null)).text();
    expect(ofInstallation).toContain("Accounts and installation");
    expect(ofInstallation).toContain("AUDIT_EXPORTED");
  });

  test("has no kind that would say that it was switched off", () => {
    expect(Object.keys(AUDIT_KINDS).filter((kind) => /DISABLED|OFF|PAUSED/u.test(kind))).toEqual([]);
  });
});

describe("review by exception", () => {
  const changedAtOf = async (key: string): Promise<string> =>
    new Date((await list()).find((exception) => exception.key === key)?.changedMs ?? 0).toISOString();
  const review = async (actor: Actor, keys: readonly string[], more = {}) =>
    send(
      reviewRoute.POST,
      "POST",
      actor,
      { code: CODE },
      {
        exceptions: await Promise.all(keys.map(async (key) => ({ key, changedAt: await changedAtOf(key) }))),
        note: "Compared with the analyser's print-out",
        signature: { id: randomUUID(), meaning: "REVIEWED", password: PASSWORD },
        ...more,
      },
    );
  const list = async () => {
    const read = await readExceptions(staff.ada, CODE);
    if (!read.ok) throw new Error(read.fault.detail);
    return read.value.exceptions;
  };
  const gravest = () => `CORRECTED_AFTER_GRADE_3:${corrected}`;

  test("the correction of a grade 4 count comes first, that it was one's own is said too", async () => {
    const exceptions = await list();
    expect(exceptions[0]).toMatchObject({ key: gravest(), animal: "M001", by: "tim", review: null });
    expect(exceptions.map(({ key }) => key)).toContain(`OWN_CORRECTION:${corrected}`);
  });

  test("only the auditor marks, with the right password, what is an exception of this study", async () => {
    for (const actor of [staff.tim, staff.dora, staff.admin])
      expect((await review(actor, [gravest()])).status).toBe(403);
    const signature = { id: randomUUID(), meaning: "REVIEWED", password: "not the password" };
    expect(said(await review(staff.ada, [gravest()], { signature }))).toMatch(/WRONG_PASSWORD signature\.password$/u);
    expect(said(await review(staff.ada, ["LATE:nothing"]))).toBe("422 UNKNOWN_REVIEW exceptions[0]");
    expect((await review(staff.ada, [])).status).toBe(422);
    expect((await review(staff.ada, [gravest()], { note: " " })).status).toBe(422);
    expect((await list())[0]?.review).toBeNull();
  });

  test("marked once, however often it is sent; in the trail, and bound by the signature", async () => {
    const signature = { id: randomUUID(), meaning: "REVIEWED", password: PASSWORD };
    for (const _again of [1, 2]) {
      const answer = await review(staff.ada, [gravest(), gravest()], { signature });
      expect(answer).toEqual({ status: 200, body: { reviewed: 1, signature: signature.id } });
    }
    const [first, ...others] = await list();
    expect(first?.review).toMatchObject({ signerEmail: "ada@example.org", meaning: "REVIEWED", intact: true });
    expect(others.every((exception) => exception.review === null)).toBe(true);
    const events = await walk(staff.ada, CODE, "kind=AUDIT_REVIEWED");
    expect(events.map(({ subject, reason }) => [subject, reason])).toEqual([
      [signature.id, "Compared with the analyser's print-out"],
    ]);
  });

  test("comes back when its entry is corrected again, and cannot be signed for as it was before that", async () => {
    const late = { ...weight("M002", 22, ago(4)) };
    recorded(await record(staff.tim, CODE, late));
    const key = `LATE:${late.id}`;
    const read = await changedAtOf(key);
    expect((await review(staff.ada, [key])).status).toBe(200);
    const standingOf = async () => (await list()).find((exception) => exception.key === key)?.standing;
    expect(await standingOf()).toBe("reviewed");
    const correction = { ...weight("M002", 21, late.observedAt), corrects: late.id, ...BECAUSE };
    recorded(await record(staff.dora, CODE, correction));
    expect(await standingOf()).toBe("open");
    const stale = await review(staff.ada, [key], { exceptions: [{ key, changedAt: read }] });
    expect(said(stale)).toBe("409 SIGNED_CONTENT_CHANGED exceptions[0]");
    const signature = { id: randomUUID(), meaning: "FOLLOW_UP", password: PASSWORD };
    expect((await review(staff.ada, [key], { signature })).status).toBe(200);
    expect(await standingOf()).toBe("follow-up");
  });

  test("one person in two roles: who decided about their own correction, and who holds both", async () => {
    const own = async () =>
      (await list()).filter(({ kind }) => kind === "TWO_ROLES").map(({ by, animal, says }) => ({ by, animal, says }));
    expect(await own()).toEqual([]);
    const low = cbc("M002", 0.4, ago(0.01));
    recorded(await record(staff.tim, CODE, dose("M002", 4, ago(9), DEVIATION)));
    recorded(await record(staff.tim, CODE, low));
    recorded(await record(staff.dora, CODE, { ...cbc("M002", 2.4, low.observedAt), corrects: low.id, ...BECAUSE }));
    const { body } = await send(reviewsRoute.GET, "GET", staff.dora, { code: CODE });
    const item = reviewList.parse(body).items.find(({ animal }) => animal === "M002");
    const decision = { id: randomUUID(), review: item?.id, decision: "Nothing was dosed meanwhile" };
    const signature = { meaning: "REVIEWED", password: PASSWORD };
    const signed = await send(
      signReviewsRoute.POST,
      "POST",
      staff.dora,
      { code: CODE },
      { items: [decision], signature },
    );
    expect(signed.status).toBe(200);
    expect(await own()).toEqual([
      { by: "dora", animal: "M002", says: "dora corrected an entry, and decided and signed what that had changed" },
    ]);
    const roles = (...held: readonly string[]) =>
      send(membersRoute.PUT, "PUT", staff.admin, { code: CODE }, { email: staff.tim.email, roles: held });
    expect((await roles("technician", "study_director")).status).toBe(200);
    expect((await own()).map(({ says }) => says)).toContain(
      "tim@example.org is study director and technician of this study at once",
    );
    expect((await roles("technician")).status).toBe(200);
    expect((await own()).map(({ says }) => says)).toContain(
      "tim@example.org has been study director and technician of this study, one after the other or at once",
    );
  });

  test("refused passwords count once, whatever roles somebody has; the second of a day opens what was reviewed", async () => {
    const wrong = { id: randomUUID(), meaning: "REVIEWED", password: "not the password" };
    const trouble = async () =>
      (await list()).filter(({ kind, by }) => kind === "SIGN_IN_TROUBLE" && by === staff.ada.email);
    await join(staff.dora, CODE, "study_director");
    expect(await trouble()).toEqual([]);
    await review(staff.ada, [gravest()], { signature: wrong });
    const [two] = await trouble();
    expect(two).toMatchObject({
      weight: 2,
      standing: "open",
      says: expect.stringMatching(/^2 passwords of ada@example\.org refused on \d/u) as string,
    });
    expect((await review(staff.ada, [two?.key ?? ""])).status).toBe(200);
    expect((await trouble()).map(({ standing }) => standing)).toEqual(["reviewed"]);
    await review(staff.ada, [gravest()], { signature: wrong });
    expect(await trouble()).toMatchObject([{ weight: 3, standing: "open" }]);
  });

  test("the database takes no mark without its signature, and changes none", async () => {
    const insert =
      "INSERT INTO audit_reviews (study_id, exception, signature) SELECT $1, 'LATE:x', id FROM signatures LIMIT 1";
    await expect(connection.query({ text: insert, values: [studyId] })).rejects.toMatchObject({ code: "23514" });
    for (const text of [
      "UPDATE audit_reviews SET exception = 'x'",
      "DELETE FROM audit_reviews",
      "TRUNCATE audit_reviews",
    ])
      await expect(connection.query({ text })).rejects.toMatchObject({ code: "42501" });
  });
});
