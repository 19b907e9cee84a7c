import { randomUUID } from "node:crypto";
import { describe, expect, test } from "vitest";
import * as animalsRoute from "@/app/api/v1/studies/[code]/animals/route";
import * as differenceRoute from "@/app/api/v1/studies/[code]/protocol/difference/route";
import * as protocolRoute from "@/app/api/v1/studies/[code]/protocol/route";
import * as signRoute from "@/app/api/v1/studies/[code]/protocol/sign/route";
import * as whatIfRoute from "@/app/api/v1/studies/[code]/protocol/what-if/route";
import { protocolDifference, protocolVersion } from "@/lib/contracts/protocol";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { whatIf } from "@/lib/contracts/what-if";
import { PASSWORD } from "@/test/people/test-people";
import { connection } from "@/lib/server/db/connection";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import {
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
import { GROUPS, draft, said, send, sign, useStaff } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";
import { readProtocol } from "./read-protocol";

const staff = useStaff();

const { groups: _groups, ...AMENDABLE } = SETTINGS;
/** Holds from 0.5 down in place of 1.0. */
const LOWER = {
  ...AMENDABLE,
  reason: "Healthy mice of this strain sit below 1.0",
  neutrophils: { basis: "absolute", grade2Below: 1, grade3Below: 0.5, grade4Below: 0.25, recoverAt: 0.5 },
};

const readVersion = (answer: Answer): ProtocolVersion => {
  expect(answer).toMatchObject({ status: 200 });
  return protocolVersion.parse(answer.body);
};

const version = async (code: string, number: number | null): Promise<ProtocolVersion> => {
  const read = await readProtocol(staff.tim, code, number);
  if (!read.ok) throw new Error(read.fault.detail);
  return read.value;
};

const studyOf = async (code: string): Promise<{ readonly id: number; readonly timeZone: string }> => {
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`there is no study ${code}`);
  return study;
};

const auditKinds = async (code: string): Promise<readonly string[]> => {
  const rows = await connection.query<{ kind: string }>({
    text: `SELECT kind FROM audit_events WHERE chain = 'study:' || $1 AND kind LIKE 'PROTOCOL%' ORDER BY sequence`,
    values: [code],
  });
  return rows.map(({ kind }) => kind);
};

/** The rules and protocol version of an animal's standing decisions, in order. */
const decisions = async (code: string, tag: string): Promise<readonly string[]> => {
  const rows = await connection.query<{ decision: string }>({
    text: `SELECT e.action || ' ' || (e.explanation ->> 'protocolVersion') AS decision
           FROM decision_event_periods e JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id) JOIN studies s ON s.id = a.study_id
           WHERE s.code = $1 AND a.tag = $2 AND e.until IS NULL ORDER BY e.observed_at`,
    values: [code, tag],
  });
  return rows.map(({ decision }) => decision);
};

const ms = (instant: string | null): number => Date.parse(instant ?? "");
/** A morning of a January, when no clock is changed. */
const on = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T09:00:00Z`;
const now = (): string => new Date().toISOString();

describe("an amendment", () => {
  test("is drafted from the version in force, which goes on judging, until it is signed", async () => {
    const code = await activeStudy(staff, "A-001");
    recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    const drafted = readVersion(await draft(staff.dora, code, LOWER));
    expect(drafted).toMatchObject({ version: 2, status: "DRAFT", inForce: "NOT_SIGNED", reason: LOWER.reason });
    expect(await version(code, null)).toMatchObject({ version: 1, status: "SIGNED", inForce: "NOW" });
    expect(await version(code, 2)).toEqual(drafted);
    recorded(await record(staff.tim, code, cbc("M001", 0.8, ago(8))));
    expect(await decisions(code, "M001")).toEqual(["START 1", "WITHHOLD 1"]);

    const before = await version(code, 1);
    const signed = readVersion(await sign(staff.dora, code));
    expect(signed).toMatchObject({
      version: 2,
      status: "SIGNED",
      inForce: "NOW",
      reason: LOWER.reason,
      signature: { subjectKind: "amendment", signerName: "dora", meaning: "APPROVED", intact: true },
    });
    expect(signed.effectiveFrom).not.toBeNull();
    expect(ms(signed.effectiveFrom)).toBeGreaterThanOrEqual(ms(signed.signedAt));
    expect(await version(code, 1)).toEqual({
      ...before,
      inForce: "EARLIER",
      versions: signed.versions,
    });
    expect(await auditKinds(code)).toEqual([
      "PROTOCOL_DRAFTED",
      "PROTOCOL_SIGNED",
      "PROTOCOL_DRAFTED",
      "PROTOCOL_AMENDED",
    ]);

    // What was observed before is judged as it was, also where it is learnt late; what comes now, by version 2.
    recorded(await record(staff.tim, code, cbc("M001", 0.8, ago(7))));
    recorded(await record(staff.tim, code, cbc("M002", 0.8, ago(1))));
    recorded(await record(staff.tim, code, cbc("M001", 0.6, now())));
    recorded(await record(staff.tim, code, dose("M002", 4, now(), DEVIATION)));
    recorded(await record(staff.tim, code, cbc("M002", 0.8, now())));
    expect(await decisions(code, "M001")).toEqual(["START 1", "WITHHOLD 1", "RESUME 2"]);
    expect(await decisions(code, "M002")).toEqual(["START 2"]);
    expect(await checkDecisions(connection, await studyOf(code))).toEqual([]);
  });

  test("is not signed without a reason or a difference, and says what is wrong at its setting", async () => {
    const code = await activeStudy(staff, "A-002");
    await draft(staff.dora, code, { ...AMENDABLE });
    expect(said(await sign(staff.dora, code))).toBe("422 INVALID_PROTOCOL reason $");
    await draft(staff.dora, code, { ...LOWER, doseUnit: "mg", resumePolicy: null });
    expect(said(await sign(staff.dora, code))).toBe("422 INVALID_PROTOCOL resumePolicy doseUnit");
    const answer = await send(differenceRoute.GET, "GET", staff.tim, { code });
    const { changes, findings, comparedWith } = protocolDifference.parse(answer.body);
    expect(comparedWith).toBe(1);
    expect(changes.map(({ path }) => path)).toContain("neutrophils.grade3Below");
    expect(findings.filter(({ severity }) => severity === "error").map(({ path }) => path)).toEqual([
      "resumePolicy",
      "doseUnit",
    ]);
    expect((await version(code, null)).version).toBe(1);
  });

  test.each([
    [{ ...LOWER, groups: GROUPS }, "422 GROUPS_FIXED groups"],
    [{ ...LOWER, version: 3 }, "422 INVALID_INPUT version"],
    [{ ...LOWER, effectiveFrom: "tomorrow" }, "422 INVALID_INPUT effectiveFrom"],
    [
      { ...LOWER, neutrophils: { basis: "absolute", grade2Below: 1, grade3Below: 2, grade4Below: 3, recoverAt: 1 } },
      "422 INVALID_PROTOCOL neutrophils.grade4Below neutrophils.grade3Below neutrophils.recoverAt",
    ],
    [{ ...LOWER, feverCelsius: 0 }, "422 INVALID_PROTOCOL feverCelsius"],
  ])("%# is refused where it stands", async (settings, expected) => {
    const code = `A-003${randomUUID().slice(0, 8)}`;
    await activeStudy(staff, code);
    expect(said(await draft(staff.dora, code, settings))).toBe(expected);
    expect((await version(code, null)).versions).toHaveLength(1);
  });

  test("is discarded, and leaves its event; an auditor or a technician does neither", async () => {
    const code = await activeStudy(staff, "A-004");
    const discard = (actor = staff.dora) => send(protocolRoute.DELETE, "DELETE", actor, { code });
    expect(said(await discard())).toBe("409 NO_PROTOCOL_DRAFT");
    await draft(staff.dora, code, LOWER);
    for (const actor of [staff.tim, staff.ada, staff.admin]) expect(said(await discard(actor))).toBe("403 FORBIDDEN");
    expect(readVersion(await discard())).toMatchObject({ version: 1, versions: [{ version: 1 }] });
    expect((await auditKinds(code)).slice(2)).toEqual(["PROTOCOL_DRAFTED", "PROTOCOL_DRAFT_DISCARDED"]);
    expect(said(await sign(staff.dora, code))).toBe("409 NO_PROTOCOL_DRAFT");
  });

  test("is in force from the instant that it names, which must not have passed", async () => {
    const code = await activeStudy(staff, "A-005");
    recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
    await draft(staff.dora, code, { ...LOWER, effectiveFrom: "2026-01-01T00:00:00Z" });
    expect(said(await sign(staff.dora, code))).toBe("422 INVALID_PROTOCOL effectiveFrom");
    const effectiveFrom = new Date(Date.now() + 4000).toISOString();
    await draft(staff.dora, code, { ...LOWER, effectiveFrom });
    expect(readVersion(await sign(staff.dora, code))).toMatchObject({ inForce: "LATER", effectiveFrom });
    expect(await version(code, null)).toMatchObject({ version: 1, inForce: "NOW" });
    const between = now();
    await draft(staff.dora, code, { ...LOWER, feverCelsius: 39 });
    expect(said(await sign(staff.dora, code))).toBe("422 INVALID_PROTOCOL effectiveFrom");
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, ms(effectiveFrom) - Date.now()) + 50));
    recorded(await record(staff.tim, code, cbc("M001", 0.8, now())));
    expect(await decisions(code, "M001")).toEqual(["START 1"]);
    recorded(await record(staff.tim, code, cbc("M001", 0.8, between)));
    expect(await decisions(code, "M001")).toEqual(["START 1", "WITHHOLD 1", "RESUME 2"]);
    expect(await version(code, null)).toMatchObject({ version: 2, inForce: "NOW" });
    expect(readVersion(await sign(staff.dora, code))).toMatchObject({ version: 3, inForce: "NOW" });
    expect(await checkDecisions(connection, await studyOf(code))).toEqual([]);
  });

  test("is signed once, however often the same signature arrives", async () => {
    const code = await activeStudy(staff, "A-006");
    await draft(staff.dora, code, LOWER);
    const signature = { id: randomUUID(), password: PASSWORD, meaning: "APPROVED" };
    const signing = () => send(signRoute.POST, "POST", staff.dora, { code }, { signature });
    const answers = await Promise.all([signing(), signing(), signing()]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect((await version(code, null)).versions).toHaveLength(2);
  });
});

describe("what if", () => {
  const ask = async (code: string, question: object) =>
    whatIf.parse((await send(whatIfRoute.POST, "POST", staff.ada, { code }, question)).body);

  test("a draft, the US label or CTCAE v6.0 had judged: the days that would differ, animal by animal", async () => {
    const code = await activeStudy(staff, "W-001");
    for (const entry of [
      dose("M001", 4, on(1), DEVIATION),
      cbc("M001", 0.7, on(6)),
      cbc("M001", 1.2, on(11)),
      weight("M001", 21, on(16)),
      dose("M002", 4, on(1), DEVIATION),
      cbc("M002", 0.3, on(6)),
      weight("M002", 21, on(16)),
    ])
      recorded(await record(staff.tim, code, entry));
    const label = await ask(code, { reading: "us-label" });
    expect(label).toMatchObject({
      version: 1,
      doseUnit: "mg/kg",
      animals: 3,
      entries: 7,
      animalDays: 32,
      animalsThatDiffer: 1,
      animalDaysThatDiffer: 11,
    });
    const [first] = label.differences;
    expect(first).toMatchObject({ animal: "M001", group: "G2", days: 16, differingDays: 11 });
    expect(first?.stretches).toMatchObject([
      { fromDay: 6, toDay: 10, recorded: { status: "WITHHELD", dose: 0 }, whatIf: { status: "ON_DOSE", dose: 4 } },
      { fromDay: 11, toDay: 16, recorded: { status: "ON_DOSE", dose: 3 }, whatIf: { status: "ON_DOSE", dose: 4 } },
    ]);
    expect(first?.stretches[0]?.recorded.events[0]?.sentence).toContain("0.7");

    expect(await ask(code, { reading: "us-label", animals: ["M002", "M003"] })).toMatchObject({
      animals: 2,
      animalDaysThatDiffer: 0,
      differences: [],
    });

    // The other side's sentences do not speak in the name of a version that never said so.
    const v6 = await ask(code, { reading: "ctcae-v6", animals: ["M002"] });
    const [held] = v6.differences[0]?.stretches ?? [];
    expect(held?.recorded.events[0]?.sentence).toContain("(grade 4, CTCAE v5.0, protocol version 1)");
    expect(held?.whatIf.events[0]?.sentence).toContain("(grade 3, by CTCAE v6.0’s counts)");

    // 0.3 is grade 4 in v5.0 and grade 3 in v6.0: another row holds it, so that day differs as well.
    expect(await ask(code, { reading: "ctcae-v6", version: 1 })).toMatchObject({ animalDaysThatDiffer: 12 });
    await draft(staff.dora, code, LOWER);
    const drafted = await ask(code, { reading: "version" });
    expect(drafted).toMatchObject({ version: 2, animalsThatDiffer: 2, animalDaysThatDiffer: 12, from: null });
    const later = { reading: "version", version: 2, from: on(12) };
    expect(await ask(code, later)).toMatchObject({ animalDaysThatDiffer: 0 });
    // Nobody is asked twice by it: the record stands as it did.
    expect(await checkDecisions(connection, await studyOf(code))).toEqual([]);
    expect(await decisions(code, "M001")).toEqual(["START 1", "WITHHOLD 1", "RESUME 1"]);
  });

  test("refuses what there is not", async () => {
    const code = await activeStudy(staff, "W-002");
    const refused = (question: object) => send(whatIfRoute.POST, "POST", staff.ada, { code }, question).then(said);
    expect(await refused({ reading: "version", version: 7 })).toBe("404 NOT_FOUND");
    expect(await refused({ reading: "us-label", animals: ["M001", "M009"] })).toBe("422 UNKNOWN_ANIMAL animals[1]");
    expect(await refused({ reading: "eu-label" })).toBe("422 INVALID_INPUT reading");
    expect(await refused({ reading: "version", from: "yesterday" })).toBe("422 INVALID_INPUT from");
  });
});

test("animals registered while an amendment is signed are judged by it", async () => {
  const code = await activeStudy(staff, "A-007");
  await draft(staff.dora, code, LOWER);
  const arrive = async (tag: string): Promise<void> => {
    const answer = await send(animalsRoute.POST, "POST", staff.dora, { code }, { id: tag, sex: "F", group: "G2" });
    expect(answer.status).toBe(201);
    recorded(await record(staff.tim, code, dose(tag, 4, now(), DEVIATION)));
    recorded(await record(staff.tim, code, cbc(tag, 0.8, now())));
  };
  const arrivals = Array.from({ length: 8 }, (_, index) => arrive(`N${String(index)}`));
  const [signed] = await Promise.all([sign(staff.dora, code), ...arrivals]);
  const { effectiveFrom } = readVersion(signed);
  const rows = await connection.query<{ agrees: boolean }>({
    text: `SELECT bool_and((e.observed_at >= $2::timestamptz) = (e.explanation ->> 'protocolVersion' = '2')) AS agrees
           FROM decision_events e JOIN studies s ON s.id = e.study_id WHERE s.code = $1`,
    values: [code, effectiveFrom],
  });
  expect(rows).toEqual([{ agrees: true }]);
  expect(await checkDecisions(connection, await studyOf(code))).toEqual([]);
});
