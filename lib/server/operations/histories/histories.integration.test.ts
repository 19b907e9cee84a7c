import { createHash } from "node:crypto";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, test } from "vitest";
import * as bundleRoute from "@/app/api/v1/studies/[code]/bundle/route";
import * as fileRoute from "@/app/api/v1/studies/[code]/dose-modifications.csv/route";
import * as historyRoute from "@/app/api/v1/studies/[code]/animals/[tag]/history/route";
import { animalHistory } from "@/lib/contracts/histories";
import { tokenFor } from "@/test/people/test-people";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/command/actor";
import {
  DEVIATION,
  activeStudy,
  ago,
  cbc,
  dose,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";
import { doseModifications } from "./dose-modifications";

const staff = useStaff();
const CODE = "H-001";

const ask = async (
  handler: RouteHandler,
  actor: Actor,
  params: Readonly<Record<string, string>>,
  query = "",
): Promise<Response> => {
  const headers = { authorization: `Bearer ${await tokenFor(actor)}` };
  return handler(new Request(`http://127.0.0.1:3000/api/v1/x${query}`, { headers }), {
    params: Promise.resolve(params),
  });
};

let beforeLate = "";

beforeAll(async () => {
  await activeStudy(staff, CODE);
  recorded(
    await record(staff.tim, CODE, [weight("M001", 22), cbc("M001", 2.4, ago(10)), observation("M001", ago(10))]),
  );
  recorded(await record(staff.tim, CODE, [dose("M001", 4, ago(9), DEVIATION), dose("M002", 4, ago(9), DEVIATION)]));
  const held = recorded(await record(staff.tim, CODE, cbc("M001", { text: "0.80", unit: "10^9/L" }, ago(5))));
  beforeLate = held.entries[0]?.recordedAt ?? "";
  recorded(await record(staff.tim, CODE, dose("M001", 4, ago(4), DEVIATION)));
  recorded(await record(staff.tim, CODE, observation("M001", ago(6), { skin: { bullae: true }, comment: "=late" })));
});

describe("an animal's history", () => {
  const history = async (query = "") => {
    const response = await ask(historyRoute.GET, staff.ada, { code: CODE, tag: "M001" }, query);
    expect(response.status).toBe(200);
    return animalHistory.parse(await response.json());
  };

  test("now, each decision with its sentence and explanation", async () => {
    const { status, events, deviations } = await history();
    expect(status).toBe("DISCONTINUED");
    expect(events.map(({ action, studyDay }) => [action, studyDay])).toEqual([
      ["START", 1],
      ["DISCONTINUE", 4],
    ]);
    expect(events[1]?.sentence).toMatch(/skin bullae/);
    expect(events[1]?.explanation.met.map(({ rule }) => rule)).toEqual(["SEVERE_DERMATOLOGIC"]);
    expect(deviations.map(({ code }) => code)).toContain("EXPOSED_BEFORE_RESULT");
  });

  test("as it was known before the late observation", async () => {
    const { status, events } = await history(`?asKnownAt=${encodeURIComponent(beforeLate)}`);
    expect(status).toBe("WITHHELD");
    expect(events.map(({ action }) => action)).toEqual(["START", "WITHHOLD"]);
    const early = await ask(
      historyRoute.GET,
      staff.ada,
      { code: CODE, tag: "M001" },
      "?asKnownAt=2020-01-01T00:00:00+01:00",
    );
    expect([early.status, await early.text()]).toEqual([404, expect.stringContaining("M001 was registered at")]);
  });

  test("a wrong instant and an unknown animal are refused", async () => {
    expect((await ask(historyRoute.GET, staff.ada, { code: CODE, tag: "M001" }, "?asKnownAt=yesterday")).status).toBe(
      422,
    );
    expect((await ask(historyRoute.GET, staff.ada, { code: CODE, tag: "M999" })).status).toBe(404);
  });
});

describe("the dose-modification history", () => {
  test("has a row for every decision ever written, with its time in force", async () => {
    const result = await doseModifications(staff.ada, CODE, { animal: "M001" });
    if (!result.ok) throw new Error(result.fault.detail);
    const { rows } = result.value;
    expect(rows.map(({ sequence, action, inForceUntil }) => [sequence, action, inForceUntil === null])).toEqual([
      [1, "START", true],
      [2, "WITHHOLD", false],
      [3, "DISCONTINUE", true],
    ]);
    expect(rows[1]?.triggers).toMatchObject([
      { term: "NEUTROPENIA", value: "0.8", unit: "10⁹/L", cutOff: "< 1", grade: 3 },
    ]);
    expect(rows[1]?.inForceUntil).toBe(rows[2]?.inForceFrom);
    expect(rows[0]).toMatchObject({
      study: CODE,
      group: "G2",
      studyDay: 1,
      doseUnit: "mg/kg",
      recordedBy: "tim@example.org",
    });
    expect(rows[0]?.deviations.map(({ code }) => code)).toContain("BASELINE_INCOMPLETE");
  });

  test("is filtered by animal, group, action and the study's dates", async () => {
    const count = async (filters: Parameters<typeof doseModifications>[2]): Promise<number> => {
      const result = await doseModifications(staff.ada, CODE, filters);
      return result.ok ? result.value.rows.length : -1;
    };
    const day = (days: number): string => ago(days).slice(0, 10);
    expect(await count({})).toBe(4);
    expect(await count({ group: "G1" })).toBe(0);
    expect(await count({ action: "START" })).toBe(2);
    expect(await count({ from: day(7) })).toBe(2);
    expect(await count({ to: day(7) })).toBe(2);
  });

  test("as a file: the head above the table, and the table's hash", async () => {
    const response = await ask(fileRoute.GET, staff.ada, { code: CODE }, "?animal=M001");
    expect(response.status).toBe(200);
    expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    const text = await response.text();
    const [head = "", ...rest] = text.split("\r\n\r\n");
    const table = rest.join("\r\n\r\n");
    const above = new Map(parse(head).map(([name = "", value = ""]) => [name, value]));
    expect(above.get("Filters")).toBe("Animal M001");
    expect(above.get("Rows")).toBe("3");
    expect(above.get("SHA-256 of the table below")).toBe(createHash("sha256").update(table).digest("hex"));
    expect(above.get("Exported by")).toBe("ada <ada@example.org>");
    expect(parse(table, { columns: true })).toHaveLength(3);
    const page = await doseModifications(staff.ada, CODE, { animal: "M001" });
    expect(page.ok && page.value.sha256).toBe(above.get("SHA-256 of the table below"));
  });

  test("a technician has no part in it", async () => {
    expect((await ask(fileRoute.GET, staff.tim, { code: CODE })).status).toBe(403);
    expect((await ask(bundleRoute.GET, staff.tim, { code: CODE })).status).toBe(403);
  });
});
