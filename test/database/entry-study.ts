import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import * as entriesRoute from "@/app/api/v1/studies/[code]/entries/route";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import type { Actor } from "@/lib/server/command/actor";
import { PROTOCOL, draft, emptyStudy, register, send, sign } from "./set-up";
import type { Answer, Staff } from "./set-up";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** So many days ago, to the minute. */
export const ago = (days: number): string =>
  new Date(Math.floor((Date.now() - days * DAY_MS) / MINUTE_MS) * MINUTE_MS).toISOString().replace(".000Z", "+00:00");

export const record = (actor: Actor, code: string, body: unknown): Promise<Answer> =>
  send(entriesRoute.POST, "POST", actor, { code }, body);

export const recorded = ({ status, body }: Answer, expected = 201): RecordingAnswer => {
  expect({ status, body }).toMatchObject({ status: expected });
  return body as RecordingAnswer;
};

/** With reference ranges, so that every grade can be told. */
export const SETTINGS = {
  ...PROTOCOL,
  referenceRanges: {
    neutrophils: { lower: 1.2 },
    platelets: { lower: 150 },
    alt: { upper: 60 },
    ast: { upper: 120 },
    bilirubin: { upper: 0.9, unit: "mg/dL" },
  },
};

/** An active study with two animals on 4 mg/kg, M001 and M002, and a control, M003. */
export const activeStudy = async (staff: Staff, code: string): Promise<string> => {
  await emptyStudy(staff, code);
  expect((await draft(staff.dora, code, SETTINGS)).status).toBe(200);
  const animals = [
    { id: "M001", sex: "F", group: "G2", birthDate: "2025-01-01" },
    { id: "M002", sex: "M", group: "G2" },
    { id: "M003", sex: "M", group: "G1" },
  ];
  expect((await register(staff.dora, code, animals)).status).toBe(201);
  expect((await sign(staff.dora, code)).status).toBe(200);
  return code;
};

const entry = (kind: string, animal: string, observedAt: string, fields: object) => ({
  id: randomUUID(),
  animal,
  kind,
  observedAt,
  ...fields,
});

export const weight = (animal: string, grams: unknown, observedAt = ago(10)) =>
  entry("weight", animal, observedAt, { grams });
export const cbc = (animal: string, neutrophils: unknown, observedAt: string, more = {}) =>
  entry("cbc", animal, observedAt, { neutrophils, platelets: 900, ...more });
export const dose = (animal: string, amount: unknown, observedAt: string, more = {}) =>
  entry("dose", animal, observedAt, { amount, ...more });
export const lft = (animal: string, observedAt: string) =>
  entry("lft", animal, observedAt, { alt: 40, ast: 90, bilirubin: 0.4 });
export const observation = (animal: string, observedAt: string, more = {}) =>
  entry("observation", animal, observedAt, { temperature: 37, findings: [], ...more });

export const DEVIATION = { deviation: { reason: "Recorded after the fact for this test" } };
export const BECAUSE = { reasonCode: "TRANSCRIPTION", reason: "Typed into the wrong row" };
