import { describe, expect, test } from "vitest";
import * as protocolRoute from "@/app/api/v1/studies/[code]/protocol/route";
import * as signRoute from "@/app/api/v1/studies/[code]/protocol/sign/route";
import * as studyRoute from "@/app/api/v1/studies/[code]/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { protocolVersion } from "@/lib/contracts/protocol";
import { PASSWORD, join, person } from "@/test/people/test-people";
import {
  GROUPS,
  PROTOCOL,
  draft,
  emptyStudy,
  newStudy,
  register,
  said,
  send,
  sign,
  useStaff,
  withToken,
} from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();

const signing = (more: object = {}, password = PASSWORD) => ({ signature: { password, meaning: "APPROVED" }, ...more });

describe("a protocol", () => {
  test("is drafted with the source's values for what is not said, and no reference range of anybody", async () => {
    const code = await emptyStudy(staff, "P1");
    expect(said(await send(protocolRoute.GET, "GET", staff.tim, { code }))).toBe("404 NOT_FOUND");
    const saved = await draft(staff.dora, code, PROTOCOL);
    expect(saved.status).toBe(200);
    const read = protocolVersion.parse(saved.body);
    expect(read).toMatchObject({
      version: 1,
      status: "DRAFT",
      doseLevels: [4, 3, 2, 1],
      restartDecrement: 1,
      neutrophils: { basis: "absolute", grade3Below: 1, recoverAt: 1 },
      resumePolicy: "automatic",
      savedBy: "dora",
      signedAt: null,
    });
    expect(read.referenceRanges.alt).toEqual({ lower: null, upper: null, unit: null });
    expect(read.groups.map((group) => [group.code, group.control, group.startingDose])).toEqual([
      ["G1", true, 0],
      ["G2", false, 4],
    ]);
    expect((await send(protocolRoute.GET, "GET", staff.tim, { code })).body).toEqual(saved.body);
  });

  test.each([
    [{ neutrophils: { grade3Below: 2 } }, "neutrophils"],
    [{ platelets: { basis: "percentOfBaseline", recoverAt: 60 } }, "platelets.grade3Below"],
    [{ doseTolerancePercent: 101 }, "doseTolerancePercent"],
    [{ doseLevels: [4, 3, 4] }, "doseLevels[2]"],
    [{ feverCelsius: 0 }, "feverCelsius"],
    [{ otherRecoverGrade: 3 }, "otherRecoverGrade"],
    [{ discontinueFindings: [{ term: "Rash", grade: 4 }] }, "discontinueFindings[0].term"],
    [{ discontinueFindings: [{ term: "RASH", grade: 6 }] }, "discontinueFindings[0].grade"],
    [{ referenceRanges: { alt: { lower: 60, upper: 20 } } }, "referenceRanges.alt"],
    [{ groups: [GROUPS[0], { ...GROUPS[1], startingDose: 5 }] }, "groups[1].startingDose"],
    [{ groups: [{ ...GROUPS[0], startingDose: 1 }] }, "groups[0].startingDose"],
    [{ groups: [GROUPS[1], GROUPS[1]] }, "groups[1].code"],
    [{ groups: [{ ...GROUPS[1], doseLevels: [] }] }, "groups[0].doseLevels"],
  ])("%j is refused where it stands", async (change, paths) => {
    const code = "P2";
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code));
    await join(staff.dora, code, "study_director");
    const answer = await draft(staff.dora, code, { ...PROTOCOL, ...change });
    expect(said(answer)).toBe(`422 INVALID_PROTOCOL ${paths}`);
  });

  test.each([
    [{ colour: "red" }, "colour"],
    [{ doseUnit: "" }, "doseUnit"],
    [{ doseUnit: undefined }, "doseUnit"],
    [{ doseLevels: ["4"] }, "doseLevels[0]"],
    [{ groups: [] }, "groups"],
    [{ groups: undefined }, "groups"],
    [{ resumePolicy: "sometimes" }, "resumePolicy"],
    [{ version: 2 }, "version"],
    [{ neutrophils: { grade5Below: 1 } }, "neutrophils.grade5Below"],
  ])("%j is no protocol document", async (change, path) => {
    const code = "P3";
    if ((await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code))).status === 201)
      await join(staff.dora, code, "study_director");
    expect(said(await draft(staff.dora, code, { ...PROTOCOL, ...change }))).toBe(`422 INVALID_INPUT ${path}`);
  });

  test("is signed with the password, once, and the study is active", async () => {
    const code = await emptyStudy(staff, "P4");
    expect(said(await sign(staff.dora, code))).toBe("409 NO_PROTOCOL_DRAFT");
    await draft(staff.dora, code, PROTOCOL);
    expect(said(await sign(staff.dora, code, "wrong"))).toBe("403 WRONG_PASSWORD signature.password");
    expect(await send(studyRoute.GET, "GET", staff.dora, { code })).toMatchObject({ body: { status: "DRAFT" } });
    const signed = await sign(staff.dora, code);
    expect(signed).toMatchObject({ status: 200, body: { version: 1, status: "SIGNED", signedBy: "dora" } });
    expect(await send(studyRoute.GET, "GET", staff.dora, { code })).toMatchObject({ body: { status: "ACTIVE" } });
    expect(said(await sign(staff.dora, code))).toBe("409 NO_PROTOCOL_DRAFT");
    expect(said(await draft(staff.dora, code, PROTOCOL))).toBe("422 GROUPS_FIXED groups");
    expect((await send(protocolRoute.GET, "GET", staff.tim, { code })).body).toEqual(signed.body);
  });

  test("cannot be signed before somebody chose how dosing resumes", async () => {
    const code = await emptyStudy(staff, "P5");
    const { resumePolicy: _, ...undecided } = PROTOCOL;
    expect(await draft(staff.dora, code, undecided)).toMatchObject({ status: 200, body: { resumePolicy: null } });
    expect(said(await sign(staff.dora, code))).toBe("422 INVALID_PROTOCOL resumePolicy");
  });

  test("is signed with the password alone, which has one meaning here; with two passwords it is not", async () => {
    const code = await emptyStudy(staff, "P-ALONE");
    await draft(staff.dora, code, PROTOCOL);
    const twice = { ...signing(), password: PASSWORD };
    const body = { password: PASSWORD };
    expect(said(await send(signRoute.POST, "POST", staff.dora, { code }, {}))).toBe("422 INVALID_INPUT password");
    expect(said(await send(signRoute.POST, "POST", staff.dora, { code }, twice))).toBe("422 INVALID_INPUT password");
    expect((await send(signRoute.POST, "POST", staff.dora, { code }, body)).body).toMatchObject({ status: "SIGNED" });
  });

  test("is not signed when it was saved again after it was read", async () => {
    const code = await emptyStudy(staff, "P6");
    const { savedAt } = protocolVersion.parse((await draft(staff.dora, code, PROTOCOL)).body);
    await new Promise((resolve) => setTimeout(resolve, 5));
    await draft(staff.dora, code, { ...PROTOCOL, feverCelsius: 39 });
    const late = await send(signRoute.POST, "POST", staff.dora, { code }, signing({ savedAt }));
    expect(said(late)).toBe("409 PROTOCOL_CHANGED");
    const current = protocolVersion.parse((await send(protocolRoute.GET, "GET", staff.dora, { code })).body);
    expect(
      (await send(signRoute.POST, "POST", staff.dora, { code }, signing({ savedAt: current.savedAt }))).status,
    ).toBe(200);
  });

  test("counts wrong passwords of signatures and sign-ins together", async () => {
    const code = await emptyStudy(staff, "P7");
    const una = await person("una@example.org");
    await withToken(una);
    await join(una, code, "study_director");
    await draft(staff.dora, code, PROTOCOL);
    const wrong = (): Promise<Answer> => send(signRoute.POST, "POST", una, { code }, signing({}, "wrong"));
    for (let attempt = 0; attempt < 8; attempt += 1)
      expect(said(await wrong())).toBe("403 WRONG_PASSWORD signature.password");
    const locked = await send(signRoute.POST, "POST", una, { code }, signing());
    expect(said(locked)).toBe("429 TOO_MANY_REQUESTS signature.password");
  });

  test("is the director's", async () => {
    const code = await emptyStudy(staff, "P8");
    await draft(staff.dora, code, PROTOCOL);
    for (const actor of [staff.tim, staff.ada, staff.admin]) {
      expect(said(await send(protocolRoute.PUT, "PUT", actor, { code }, PROTOCOL))).toBe("403 FORBIDDEN");
      expect(said(await send(signRoute.POST, "POST", actor, { code }, signing()))).toBe("403 FORBIDDEN");
    }
  });

  test("keeps a group that has animals, and drops one that has none", async () => {
    const code = await emptyStudy(staff, "P9");
    await draft(staff.dora, code, PROTOCOL);
    expect((await register(staff.dora, code, { id: "A1", sex: "F", group: "G2" })).status).toBe(201);
    expect(said(await draft(staff.dora, code, { ...PROTOCOL, doseLevels: [4], groups: [GROUPS[0]] }))).toBe(
      "409 GROUP_IN_USE groups",
    );
    const kept = await draft(staff.dora, code, {
      ...PROTOCOL,
      groups: [{ ...GROUPS[1], doseLevels: [2, 1], startingDose: 2 }],
    });
    expect(protocolVersion.parse(kept.body).groups).toMatchObject([{ code: "G2", startingDose: 2, animals: 1 }]);
  });
});
