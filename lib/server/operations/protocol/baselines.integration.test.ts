import { expect, test } from "vitest";
import * as entriesRoute from "@/app/api/v1/studies/[code]/entries/route";
import * as baselinesRoute from "@/app/api/v1/studies/[code]/protocol/baselines/route";
import { baselineCheck } from "@/lib/contracts/protocol";
import { PROTOCOL, draft, emptyStudy, register, said, send, sign, useStaff } from "@/test/database/set-up";

const staff = useStaff();

const cbc = (animal: string, neutrophils: number) => ({
  id: crypto.randomUUID(),
  animal,
  kind: "cbc",
  observedAt: "2026-03-02T09:00:00Z",
  neutrophils,
  platelets: 700,
});

const check = async (code: string) =>
  baselineCheck.parse((await send(baselinesRoute.GET, "GET", staff.tim, { code })).body);

test("what a protocol would say of the baselines recorded so far, before anybody signs it", async () => {
  const code = await emptyStudy(staff, "B1");
  expect(said(await send(baselinesRoute.GET, "GET", staff.tim, { code }))).toBe("404 NOT_FOUND");
  await draft(staff.dora, code, PROTOCOL);
  const animals = ["A", "B", "C"].map((id) => ({ id, sex: "F", group: id === "C" ? "G1" : "G2" }));
  expect((await register(staff.dora, code, animals)).status).toBe(201);
  expect(await check(code)).toMatchObject({ animals: 3, animalsWithResults: 0, animalsHeld: 0, holds: [] });

  const recorded = await send(entriesRoute.POST, "POST", staff.tim, { code }, [
    cbc("A", 0.9),
    cbc("B", 1.6),
    cbc("C", 0.4),
  ]);
  expect(recorded.status).toBe(201);
  const found = await check(code);
  expect(found).toMatchObject({ animals: 3, animalsWithResults: 3, animalsHeld: 2 });
  expect(found.holds.map(({ animal, term, grade }) => [animal, term, grade])).toEqual([
    ["A", "NEUTROPENIA", 3],
    ["C", "NEUTROPENIA", 4],
  ]);
  expect(found.percentOfBaseline[0]).toMatchObject({
    measurement: "neutrophils",
    animals: 3,
    percent: 50,
    heldBelowFrom: 0.2,
    heldBelowTo: 0.8,
    animalsAlreadyBelow: [],
  });

  const percent = { basis: "percentOfBaseline", grade3Below: 40, recoverAt: 60 };
  await draft(staff.dora, code, { ...PROTOCOL, neutrophils: percent });
  const relative = await check(code);
  expect(relative.holds).toEqual([]);
  expect(relative.percentOfBaseline[0]).toMatchObject({ percent: 40, heldBelowFrom: 0.16, heldBelowTo: 0.64 });
  expect((await sign(staff.dora, code)).status).toBe(200);
});
