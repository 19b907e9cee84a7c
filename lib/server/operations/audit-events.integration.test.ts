import { beforeAll, describe, expect, test } from "vitest";
import * as bundleRoute from "@/app/api/v1/studies/[code]/bundle/route";
import * as csvRoute from "@/app/api/v1/studies/[code]/dose-modifications.csv/route";
import * as membersRoute from "@/app/api/v1/studies/[code]/members/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { verifyChain } from "@/lib/domain/trail/chain";
import { cookieFor, person } from "@/test/people/test-people";
import { readChain } from "@/lib/server/store/audit-chain";
import { linkHash } from "@/test/attacks/link-hash";
import { connection } from "@/lib/server/db/connection";
import { readAnimalLog } from "@/lib/server/store/read-log";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import { animalContents } from "@/lib/server/store/animals";
import {
  BECAUSE,
  DEVIATION,
  SETTINGS,
  activeStudy,
  ago,
  cbc,
  dose,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { eventsOf, kindsOf } from "@/test/database/left-events";
import { draft, newStudy, register, send, sign, useStaff, withToken } from "@/test/database/set-up";

const staff = useStaff();

describe("a study's making", () => {
  const code = "A-001";

  test("the study, and not again when it is sent again", async () => {
    const make = () => send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code));
    expect(await eventsOf(make)).toMatchObject([
      {
        kind: "STUDY_CREATED",
        actor: "admin@example.org",
        roles: "administrator",
        origin: "token",
        chain: "study:A-001",
        value: { code, species: "mouse", status: "draft", imported: false },
      },
    ]);
    expect(await eventsOf(make)).toEqual([]);
  });

  test("roles: those before, those now", async () => {
    const set = (...roles: readonly string[]) =>
      send(membersRoute.PUT, "PUT", staff.admin, { code }, { email: "dora@example.org", roles });
    expect(await eventsOf(() => set("study_director"))).toMatchObject([
      { kind: "MEMBERSHIP_CHANGED", subject: "dora@example.org", old: [], value: ["study_director"] },
    ]);
    expect(await eventsOf(() => set("study_director"))).toEqual([]);
    expect(await eventsOf(() => set("study_director", "auditor"))).toMatchObject([
      { old: ["study_director"], value: ["auditor", "study_director"] },
    ]);
    expect(await eventsOf(() => set("study_director"))).toMatchObject([{ value: ["study_director"] }]);
  });

  test("the protocol's draft, whole", async () => {
    expect(await eventsOf(() => draft(staff.dora, code, SETTINGS))).toMatchObject([
      {
        kind: "PROTOCOL_DRAFTED",
        subject: "1",
        roles: "study_director",
        value: { version: 1, settings: { doseUnit: "mg/kg" }, groups: [{ code: "G1" }, { code: "G2" }] },
      },
    ]);
  });

  test("animals, each on its chain; not those that were there", async () => {
    const one = { id: "M1", sex: "F", group: "G2", birthDate: "2025-01-01" };
    const batch = (...rows: readonly object[]) => eventsOf(() => register(staff.dora, code, rows));
    expect(await batch(one)).toMatchObject([
      { kind: "ANIMAL_REGISTERED", subject: "M1", value: { id: "M1", sex: "F", group: "G2", birthDate: "2025-01-01" } },
    ]);
    expect(await batch(one)).toEqual([]);
    expect((await batch(one, { id: "M2", sex: "M", group: "G1" })).map(({ subject }) => subject)).toEqual(["M2"]);
  });

  test("a wrong password at the signature, and the signature", async () => {
    expect(await eventsOf(() => sign(staff.dora, code, "no such password"))).toMatchObject([
      { kind: "PASSWORD_REFUSED", actor: "dora@example.org", value: { cause: "WRONG_PASSWORD" } },
    ]);
    expect(kindsOf(await eventsOf(() => sign(staff.dora, code)))).toContain("PROTOCOL_SIGNED");
  });
});

describe("entries", () => {
  let code = "";
  beforeAll(async () => {
    code = await activeStudy(staff, "A-002");
  });

  const animal = async (tag: string): Promise<{ readonly studyId: number; readonly id: number }> => {
    const [row] = await connection.query<{ readonly studyId: number; readonly id: number }>({
      text: `SELECT a.study_id AS "studyId", a.id FROM animals a JOIN studies s ON s.id = a.study_id WHERE s.code = $1 AND a.tag = $2`,
      values: [code, tag],
    });
    if (row === undefined) throw new Error(`${tag} is not there`);
    return row;
  };

  test("one event each, with the document as the log has it; none for what is sent again", async () => {
    const entry = weight("M001", { text: "23.40", unit: "g" });
    const events = await eventsOf(() => record(staff.tim, code, entry));
    const { studyId, id } = await animal("M001");
    expect(events).toMatchObject([
      {
        kind: "ENTRY_RECORDED",
        entry: entry.id,
        actor: "tim@example.org",
        roles: "technician",
        chain: `animal:A-002:${id}`,
      },
    ]);
    expect([events[0]?.value]).toEqual(await readAnimalLog(connection, studyId, id));
    expect(await eventsOf(() => record(staff.tim, code, entry))).toEqual([]);
  });

  test("the first dose, and the dosing that it fixes", async () => {
    const [first, fixed, ...more] = await eventsOf(() =>
      record(staff.tim, code, [dose("M001", 4, ago(9), DEVIATION), dose("M001", 4, ago(8), DEVIATION)]),
    );
    expect(first).toMatchObject({ kind: "ENTRY_RECORDED" });
    expect(fixed).toMatchObject({ kind: "ENTRY_RECORDED" });
    const { studyId, id } = await animal("M001");
    const contents = await animalContents(connection, studyId, [id]);
    expect(more).toMatchObject([{ kind: "ANIMAL_DOSING_FIXED", old: { id: "M001" }, value: { startingDose: 4 } }]);
    expect([more[0]?.value]).toEqual([...contents.values()]);
    expect(kindsOf(await eventsOf(() => record(staff.tim, code, dose("M001", 4, ago(7), DEVIATION))))).toEqual([
      "ENTRY_RECORDED",
    ]);
  });

  test("a correction and a void hold what they replace, and why", async () => {
    const first = weight("M002", 21.5, ago(6));
    const second = { ...weight("M002", 22.5, ago(6)), corrects: first.id, ...BECAUSE };
    const gone = {
      id: "00000000-0000-4000-8000-0000000000aa",
      animal: "M002",
      kind: "void",
      voids: first.id,
      ...BECAUSE,
    };
    const [recordedFirst] = await eventsOf(() => record(staff.tim, code, first));
    const [corrected] = await eventsOf(() => record(staff.tim, code, second));
    expect(corrected).toMatchObject({ kind: "ENTRY_CORRECTED", reason: BECAUSE.reason, value: { grams: 22.5 } });
    expect(corrected?.old).toEqual(recordedFirst?.value);
    const [voided] = await eventsOf(async () => recorded(await record(staff.tim, code, gone)));
    expect(voided).toMatchObject({ kind: "ENTRY_VOIDED", value: { voids: first.id } });
    expect(voided?.old).toEqual(corrected?.value);
  });

  test("what was refused: the right to record it, and other content under a known id; not a slip", async () => {
    const entry = weight("M002", 21.5, ago(6));
    expect(await eventsOf(() => record(staff.ada, code, entry))).toMatchObject([
      {
        kind: "RECORDING_REFUSED",
        actor: "ada@example.org",
        roles: "auditor",
        subject: "FORBIDDEN",
        value: { cause: "ROLE", entries: [{ id: entry.id }] },
      },
    ]);
    recorded(await record(staff.tim, code, entry));
    expect(await eventsOf(() => record(staff.tim, code, { ...entry, grams: 22 }))).toMatchObject([
      { kind: "RECORDING_REFUSED", subject: "ENTRY_CONFLICT", chain: "study:A-002" },
    ]);
    expect(await eventsOf(() => record(staff.tim, code, weight("NOBODY", 21.5, ago(6))))).toEqual([]);
  });

  test("what leaves the study", async () => {
    const cookie = await cookieFor(staff.dora);
    const exported = (handler: RouteHandler) =>
      eventsOf(async () => {
        const request = new Request("http://127.0.0.1:3000/api/v1/studies/x", {
          headers: { cookie, "x-forwarded-for": "192.0.2.7", "user-agent": "Browser/1" },
        });
        const response = await handler(request, { params: Promise.resolve({ code }) });
        expect(response.status).toBe(200);
        await response.text();
      });
    expect(await exported(bundleRoute.GET)).toMatchObject([
      { kind: "BUNDLE_EXPORTED", actor: "dora@example.org", origin: "session", address: "192.0.2.7; Browser/1" },
    ]);
    expect(await exported(csvRoute.GET)).toMatchObject([
      { kind: "HISTORY_EXPORTED", value: { filters: {}, sha256: expect.stringMatching(/^[0-9a-f]{64}$/u) as unknown } },
    ]);
  });

  test("what somebody may not do, or has no part in", async () => {
    const stranger = await withToken(await person("stranger@example.org"));
    expect(await eventsOf(() => register(staff.tim, code, { id: "M9", sex: "M", group: "G1" }))).toMatchObject([
      {
        kind: "ACCESS_REFUSED",
        actor: "tim@example.org",
        roles: "technician",
        subject: "animal.register",
        chain: "study:A-002",
      },
    ]);
    expect(await eventsOf(() => record(stranger, code, weight("M002", 21)))).toMatchObject([
      { kind: "ACCESS_REFUSED", actor: "stranger@example.org", roles: "", value: { cause: "NO_ACCESS" } },
    ]);
    expect(await eventsOf(() => send(studiesRoute.POST, "POST", staff.dora, {}, newStudy("NEW")))).toMatchObject([
      { kind: "ACCESS_REFUSED", subject: "study.create", chain: `account:${staff.dora.userId}` },
    ]);
    expect(await eventsOf(() => record(staff.tim, "NOWHERE", weight("M002", 21)))).toEqual([]);
  });
});

test("32 writers, with a correction among them: every entry has its event, and no chain a gap", async () => {
  const code = await activeStudy(staff, "A-032");
  const first = weight("M001", 20, ago(9));
  recorded(await record(staff.tim, code, first));
  const corrected = { ...weight("M001", 21, ago(9)), corrects: first.id, ...BECAUSE };
  await Promise.all([
    ...Array.from({ length: 31 }, async (_, writer) => {
      for (let round = 0; round < 3; round += 1) {
        const tag = writer % 3 === 0 ? "M002" : "M001";
        recorded(await record(staff.tim, code, cbc(tag, 1.6, ago(8 - round / 10 - writer / 100))));
      }
    }),
    record(staff.dora, code, corrected).then(recorded),
  ]);
  const [study] = await connection.query<{ id: number; entries: number; events: number }>({
    text: `SELECT id, (SELECT count(*)::int FROM entries WHERE study_id = s.id) AS entries,
             (SELECT count(entry_id)::int FROM audit_events WHERE study_id = s.id) AS events FROM studies s WHERE code = $1`,
    values: [code],
  });
  expect(study).toMatchObject({ entries: 95, events: 95 });
});

test("in the end every chain verifies", async () => {
  const chains = await connection.query<{ chain: string }>({ text: "SELECT DISTINCT chain FROM audit_events" });
  expect(chains.length).toBeGreaterThan(15);
  for (const { chain } of chains)
    expect([chain, verifyChain(await readChain(connection, chain), linkHash)]).toEqual([chain, []]);
});
