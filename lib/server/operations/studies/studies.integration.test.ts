import { describe, expect, test } from "vitest";
import * as studyRoute from "@/app/api/v1/studies/[code]/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { study } from "@/lib/contracts/studies";
import { emptyStudy, newStudy, said, send, useStaff } from "@/test/database/set-up";

const staff = useStaff();

describe("a study", () => {
  test("is made once: the same content again is the same study, other content a conflict", async () => {
    const made = await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("S1"));
    expect(made.status).toBe(201);
    expect(study.parse(made.body)).toMatchObject({
      ...newStudy("S1"),
      status: "DRAFT",
      imported: false,
      animals: 0,
      roles: ["administrator"],
    });
    const again = await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("S1"));
    expect(again).toEqual({ ...made, status: 200 });
    const other = await send(studiesRoute.POST, "POST", staff.admin, {}, { ...newStudy("S1"), title: "Another" });
    expect(said(other)).toBe("409 STUDY_EXISTS code");
  });

  test("made ten times at once is one study", async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("S10"))),
    );
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
      ...Array.from({ length: 9 }, () => 200),
      201,
    ]);
  });

  test("is made by an administrator only", async () => {
    for (const actor of [staff.dora, staff.tim, staff.ada]) {
      expect(said(await send(studiesRoute.POST, "POST", actor, {}, newStudy("S2")))).toBe("403 FORBIDDEN");
    }
  });

  test.each([
    [{ timeZone: "Mars/Olympus" }, "timeZone"],
    [{ timeZone: "+01:00" }, "timeZone"],
    [{ code: "" }, "code"],
    [{ code: "../x" }, "code"],
    [{ code: "a/b" }, "code"],
    [{ code: "x".repeat(65) }, "code"],
    [{ code: 7 }, "code"],
    [{ title: " " }, "title"],
    [{ title: "two\nlines" }, "title"],
    [{ title: "nul \u0000" }, "title"],
    [{ title: "half \ud800" }, "title"],
    [{ species: null }, "species"],
    [{ owner: "me" }, "owner"],
  ])("%j is refused, naming the field", async (change, path) => {
    expect(said(await send(studiesRoute.POST, "POST", staff.admin, {}, { ...newStudy("S3"), ...change }))).toMatch(
      new RegExp(`^422 INVALID_INPUT ${path}$`),
    );
  });

  test("is seen by its people, the auditor and the administrator; to others it is not there", async () => {
    const code = await emptyStudy(staff, "S4");
    for (const [actor, roles] of [
      [staff.admin, ["administrator"]],
      [staff.dora, ["study_director"]],
      [staff.tim, ["technician"]],
      [staff.ada, ["auditor"]],
    ] as const) {
      const seen = await send(studyRoute.GET, "GET", actor, { code });
      expect(seen).toMatchObject({ status: 200, body: { code, roles } });
      const listed = (await send(studiesRoute.GET, "GET", actor, {})).body as {
        readonly studies: readonly { readonly code: string }[];
      };
      expect(listed.studies.map((item) => item.code)).toContain(code);
    }
    const hidden = await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("S5"));
    expect(hidden.status).toBe(201);
    const refused = await send(studyRoute.GET, "GET", staff.dora, { code: "S5" });
    const absent = await send(studyRoute.GET, "GET", staff.dora, { code: "S99" });
    expect([said(refused), said(absent)]).toEqual(["404 NOT_FOUND", "404 NOT_FOUND"]);
    expect(JSON.stringify(refused.body).replaceAll("S5", "S99")).toBe(JSON.stringify(absent.body));
    const listed = (await send(studiesRoute.GET, "GET", staff.dora, {})).body as {
      readonly studies: readonly { readonly code: string }[];
    };
    expect(listed.studies.map((item) => item.code)).not.toContain("S5");
  });
});
