import { describe, expect, test } from "vitest";
import * as animalsRoute from "@/app/api/v1/studies/[code]/animals/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { animalList } from "@/lib/contracts/animals";
import { join } from "@/test/people/test-people";
import { PROTOCOL, draft, emptyStudy, newStudy, register, said, send, useStaff } from "@/test/database/set-up";

const staff = useStaff();

describe("animals", () => {
  const M1 = { id: "M001", sex: "F", group: "G2", room: "R1", cage: "C1", birthDate: "2026-01-05" };
  const M2 = { id: "M002", sex: "M", group: "G1" };

  test("are registered one by one or as a list; group gives ladder, starting dose and control", async () => {
    const code = await emptyStudy(staff, "A1");
    await draft(staff.dora, code, PROTOCOL);
    const one = await register(staff.dora, code, M1);
    expect(one.status).toBe(201);
    expect(animalList.parse(one.body).animals).toEqual([
      { ...M1, strain: null, genotype: null, control: false, startingDose: 4, doseLevels: [4, 3, 2, 1] },
    ]);
    const both = await register(staff.dora, code, [M1, M2]);
    expect(both.status).toBe(201);
    expect(animalList.parse(both.body).animals.map(({ id, control }) => [id, control])).toEqual([
      ["M001", false],
      ["M002", true],
    ]);
    expect(await register(staff.dora, code, [M1, M2])).toEqual({ ...both, status: 200 });
    expect((await send(animalsRoute.GET, "GET", staff.tim, { code })).body).toEqual(both.body);
  });

  test("a list is all or nothing, and every wrong row is named", async () => {
    const code = await emptyStudy(staff, "A2");
    await draft(staff.dora, code, PROTOCOL);
    await register(staff.dora, code, M1);
    const wrong = [M2, { ...M2, id: "M003", group: "G9" }, { ...M2, birthDate: "2999-01-01", id: "M004" }, M2];
    expect(said(await register(staff.dora, code, wrong))).toBe("422 INVALID_INPUT [1].group [2].birthDate [3].id");
    expect(said(await register(staff.dora, code, [M2, { ...M1, sex: "M", cage: "C2" }]))).toBe(
      "409 ANIMAL_EXISTS [1].id",
    );
    expect(
      animalList.parse((await send(animalsRoute.GET, "GET", staff.tim, { code })).body).animals.map(({ id }) => id),
    ).toEqual(["M001"]);
  });

  test.each([
    [{ ...M1, group: "G7" }, "422 UNKNOWN_GROUP group"],
    [[M1, M1], "422 REPEATED_ANIMAL [1].id"],
    [{ ...M1, sex: "female" }, "422 INVALID_INPUT sex"],
    [{ ...M1, id: "" }, "422 INVALID_INPUT id"],
    [{ ...M1, id: "M/1" }, "422 INVALID_INPUT id"],
    [{ ...M1, id: "M\u0000" }, "422 INVALID_INPUT id"],
    [{ ...M1, birthDate: "2026-02-30" }, "422 INVALID_INPUT birthDate"],
    [{ ...M1, birthDate: "05.01.2026" }, "422 INVALID_INPUT birthDate"],
    [{ ...M1, weight: 20 }, "422 INVALID_INPUT weight"],
    [[{ ...M1, sex: undefined }], "422 INVALID_INPUT [0].sex"],
    [[], "422 INVALID_INPUT $"],
    ["M001", "422 INVALID_INPUT $"],
    [null, "422 INVALID_INPUT $"],
  ])("%j is refused as %s", async (body, refusal) => {
    const code = "A3";
    if ((await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code))).status === 201) {
      await join(staff.dora, code, "study_director");
      await draft(staff.dora, code, PROTOCOL);
    }
    expect(said(await register(staff.dora, code, body))).toBe(refusal);
  });

  test("registered from two sides at once are the same animals", async () => {
    const code = await emptyStudy(staff, "A4");
    await draft(staff.dora, code, PROTOCOL);
    const batch = Array.from({ length: 60 }, (_, index) => ({ id: `N${index}`, sex: "F", group: "G2" }));
    const answers = await Promise.all([
      register(staff.dora, code, batch),
      register(staff.dora, code, batch.toReversed()),
      register(staff.dora, code, batch),
    ]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 201]);
    expect(animalList.parse((await send(animalsRoute.GET, "GET", staff.tim, { code })).body).animals).toHaveLength(60);
  });

  test("are the director's to register, and everybody's to see", async () => {
    const code = await emptyStudy(staff, "A5");
    await draft(staff.dora, code, PROTOCOL);
    for (const actor of [staff.tim, staff.ada, staff.admin]) {
      expect(said(await send(animalsRoute.POST, "POST", actor, { code }, M1))).toBe("403 FORBIDDEN");
      expect((await send(animalsRoute.GET, "GET", actor, { code })).status).toBe(200);
    }
  });

  test("before there is a protocol there is no group for them", async () => {
    const code = await emptyStudy(staff, "A6");
    expect(said(await register(staff.dora, code, M1))).toBe("422 UNKNOWN_GROUP group");
  });
});
