import { describe, expect, test } from "vitest";
import * as membersRoute from "@/app/api/v1/studies/[code]/members/route";
import * as studyRoute from "@/app/api/v1/studies/[code]/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { person } from "@/test/people/test-people";
import type { Actor } from "@/lib/server/command/actor";
import { changeUser } from "./change-user";
import { emptyStudy, newStudy, said, send, useStaff, withToken } from "@/test/database/set-up";
import type { Answer } from "@/test/database/set-up";

const staff = useStaff();

describe("memberships", () => {
  const set = (actor: Actor, code: string, email: string, ...roles: readonly string[]): Promise<Answer> =>
    send(membersRoute.PUT, "PUT", actor, { code }, { email, roles });

  test("are set by the administrator, several roles a person, and act on the next request", async () => {
    const code = "M1";
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code));
    expect(said(await send(studyRoute.GET, "GET", staff.tim, { code }))).toBe("404 NOT_FOUND");
    expect((await set(staff.admin, code, "Tim@Example.org", "technician", "study_director")).body).toEqual({
      members: [{ email: staff.tim.email, name: "tim", roles: ["study_director", "technician"] }],
    });
    expect(await send(studyRoute.GET, "GET", staff.tim, { code })).toMatchObject({
      body: { roles: ["technician", "study_director"] },
    });
    expect((await set(staff.admin, code, staff.tim.email)).body).toEqual({ members: [] });
    expect(said(await send(studyRoute.GET, "GET", staff.tim, { code }))).toBe("404 NOT_FOUND");
  });

  test("nobody is technician and auditor of one study, by whatever way", async () => {
    const code = "M2";
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy(code));
    expect(said(await set(staff.admin, code, staff.tim.email, "technician", "auditor"))).toBe(
      "422 ROLES_CONFLICT roles",
    );
    expect(said(await set(staff.admin, code, staff.ada.email, "technician"))).toBe("422 ROLES_CONFLICT roles");
    expect((await send(membersRoute.GET, "GET", staff.admin, { code })).body).toEqual({ members: [] });
    expect(said(await set(staff.admin, code, "nobody@example.org", "technician"))).toBe("422 UNKNOWN_USER email");
    expect(said(await set(staff.admin, code, staff.tim.email, "owner"))).toBe("422 INVALID_INPUT roles[0]");
  });

  test("an auditor limited to a study sees that one only", async () => {
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("M3"));
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("M4"));
    const limited = await person("limited@example.org", { auditor: true });
    await withToken(limited);
    expect((await send(studyRoute.GET, "GET", limited, { code: "M4" })).status).toBe(200);
    await set(staff.admin, "M3", limited.email, "auditor");
    expect((await send(studyRoute.GET, "GET", limited, { code: "M3" })).status).toBe(200);
    expect((await send(studyRoute.GET, "GET", limited, { code: "M4" })).status).toBe(404);
  });

  test("an account can have a role in every study, present and to come, and loses it at once", async () => {
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("M6"));
    const everywhere = await person("everywhere@example.org");
    await withToken(everywhere);
    expect((await send(studyRoute.GET, "GET", everywhere, { code: "M6" })).status).toBe(404);
    await changeUser(staff.admin, everywhere.email, { everyStudyRoles: ["technician"] });
    await send(studiesRoute.POST, "POST", staff.admin, {}, newStudy("M7"));
    expect(await send(studyRoute.GET, "GET", everywhere, { code: "M6" })).toMatchObject({
      body: { roles: ["technician"] },
    });
    expect(await send(studyRoute.GET, "GET", everywhere, { code: "M7" })).toMatchObject({
      body: { roles: ["technician"] },
    });
    expect(said(await set(staff.admin, "M7", everywhere.email, "auditor"))).toBe("422 ROLES_CONFLICT roles");
    expect(await changeUser(staff.admin, staff.ada.email, { everyStudyRoles: ["technician"] })).toMatchObject({
      fault: { code: "ROLES_CONFLICT" },
    });
    await changeUser(staff.admin, everywhere.email, { everyStudyRoles: [] });
    expect((await send(studyRoute.GET, "GET", everywhere, { code: "M7" })).status).toBe(404);
  });

  test("are no business of the study's people", async () => {
    const code = await emptyStudy(staff, "M5");
    expect(said(await set(staff.dora, code, staff.dora.email, "auditor"))).toBe("403 FORBIDDEN");
    expect(said(await send(membersRoute.GET, "GET", staff.tim, { code }))).toBe("403 FORBIDDEN");
  });
});
