import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import * as installationFileRoute from "@/app/api/v1/audit.csv/route";
import * as installationRoute from "@/app/api/v1/audit/route";
import * as fileRoute from "@/app/api/v1/studies/[code]/audit.csv/route";
import * as listRoute from "@/app/api/v1/studies/[code]/audit/route";
import { auditPage } from "@/lib/contracts/audit";
import type { AuditEvent } from "@/lib/contracts/audit";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import { join, person, tokenFor } from "@/test/people/test-people";
import { onStudy } from "@/lib/server/store/audit-events";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/command/actor";
import { appendAudit, auditedBy } from "@/lib/server/command/audit";
import { BECAUSE, DEVIATION, activeStudy, ago, cbc, dose, record, recorded } from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";
import { countedEvents } from "./list-events";

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
  const place = onStudy({ id: studyId, code: CODE });
  const [first, ...rest] = Array.from({ length: MANY }, (_, index) => ({
    ...place,
    kind: "BUNDLE_EXPORTED" as const,
    subject: `=bundle ${String(index)}`,
  }));
  if (first === undefined) throw new Error("no events");
  await inTransaction(database(), async (transaction) => {
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
