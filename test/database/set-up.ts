import { beforeAll, expect } from "vitest";
import * as animalsRoute from "@/app/api/v1/studies/[code]/animals/route";
import * as protocolRoute from "@/app/api/v1/studies/[code]/protocol/route";
import * as signRoute from "@/app/api/v1/studies/[code]/protocol/sign/route";
import * as studiesRoute from "@/app/api/v1/studies/route";
import { problem } from "@/lib/contracts/problem";
import { PASSWORD, join, person, tokenFor, useTestDatabase } from "@/test/people/test-people";
import type { RouteHandler } from "@/lib/server/http/endpoint";
import type { Actor } from "@/lib/server/command/actor";

export type Answer = { readonly status: number; readonly body: unknown };

/** One person of each role: administrator, study director, technician, auditor of everything. */
export type Staff = { readonly admin: Actor; readonly dora: Actor; readonly tim: Actor; readonly ada: Actor };

const tokens = new Map<string, string>();

/** Makes the person known to `send`. */
export const withToken = async (actor: Actor): Promise<Actor> => {
  tokens.set(actor.userId, await tokenFor(actor));
  return actor;
};

/** A database of the file's own with its staff; the people are there once the tests run. */
export const useStaff = (): Staff => {
  useTestDatabase();
  const staff: { -readonly [Name in keyof Staff]?: Actor } = {};
  beforeAll(async () => {
    staff.admin = await withToken(await person("admin@example.org", { administrator: true }));
    staff.dora = await withToken(await person("dora@example.org"));
    staff.tim = await withToken(await person("tim@example.org"));
    staff.ada = await withToken(await person("ada@example.org", { auditor: true }));
  });
  return staff as Staff;
};

/** Sends a request of a person to a route handler of the product, through all that stands before its operation. */
export const send = async (
  handler: RouteHandler,
  method: string,
  actor: Actor,
  params: Readonly<Record<string, string>>,
  body?: unknown,
): Promise<Answer> => {
  const request = new Request("http://127.0.0.1:3000/api/v1/studies", {
    method,
    headers: { authorization: `Bearer ${tokens.get(actor.userId) ?? ""}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await handler(request, { params: Promise.resolve(params) });
  return { status: response.status, body: await response.json() };
};

/** Status, code and the paths of a refusal, in one line. */
export const said = ({ status, body }: Answer): string => {
  const { code, errors } = problem.parse(body);
  return [status, code, ...errors.map(({ path }) => path)].join(" ");
};

export const newStudy = (code: string) => ({
  code,
  title: "A study",
  species: "mouse",
  strain: "C57BL/6",
  timeZone: "Europe/London",
});

export const GROUPS = [
  { code: "G1", label: "Control", control: true, doseLevels: [], startingDose: 0 },
  { code: "G2", label: "4 mg/kg", control: false, doseLevels: [4, 3, 2, 1], startingDose: 4 },
] as const;
export const PROTOCOL = { doseUnit: "mg/kg", resumePolicy: "automatic", groups: GROUPS };

/** A study with a director, a technician and no protocol. */
export const emptyStudy = async ({ admin, dora, tim }: Staff, code: string): Promise<string> => {
  expect((await send(studiesRoute.POST, "POST", admin, {}, newStudy(code))).status).toBe(201);
  await join(dora, code, "study_director");
  await join(tim, code, "technician");
  return code;
};

export const draft = (actor: Actor, code: string, settings: unknown): Promise<Answer> =>
  send(protocolRoute.PUT, "PUT", actor, { code }, settings);
export const sign = (actor: Actor, code: string, password = PASSWORD): Promise<Answer> =>
  send(signRoute.POST, "POST", actor, { code }, { signature: { password, meaning: "APPROVED" } });
export const register = (actor: Actor, code: string, animals: unknown): Promise<Answer> =>
  send(animalsRoute.POST, "POST", actor, { code }, animals);
