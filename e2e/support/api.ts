import { setTimeout } from "node:timers/promises";
import { type APIRequestContext, type APIResponse, expect, request as requests } from "@playwright/test";
import * as z from "zod";
import type { Person } from "./people";

/** The cookies of somebody who is signed in. */
export type Session = Awaited<ReturnType<APIRequestContext["storageState"]>>;

/** What a server that is too busy just now answers: to be asked again. */
const TRY_AGAIN = 503;
const PATIENCE = [1000, 2000, 4000];

/** Signs in as the form does, and again where the server asks for it. The form itself has tests of its own. */
export const openSession = async (
  address: string,
  { email, password }: Pick<Person, "email" | "password">,
): Promise<Session> => {
  const context = await requests.newContext({ baseURL: address });
  const { csrfToken } = z.object({ csrfToken: z.string() }).parse(await (await context.get("/api/auth/csrf")).json());
  const attempt = (): Promise<APIResponse> =>
    context.post("/api/auth/callback/credentials", { form: { email, password, csrfToken, json: "true" } });
  let answer = await attempt();
  for (const pauseMs of PATIENCE) {
    if (answer.status() !== TRY_AGAIN) break;
    await setTimeout(pauseMs);
    answer = await attempt();
  }
  expect(answer.status(), `${email} signs in: ${await answer.text()}`).toBe(200);
  const session = await context.storageState();
  await context.dispose();
  return session;
};

/** The API as one person, called as a page of the same origin calls it. */
export type Api = {
  readonly get: (path: string) => Promise<APIResponse>;
  readonly post: (path: string, body: unknown) => Promise<APIResponse>;
  readonly put: (path: string, body: unknown) => Promise<APIResponse>;
  readonly delete: (path: string) => Promise<APIResponse>;
  readonly dispose: () => Promise<void>;
};

/** Null: nobody is signed in. */
export const openApi = async (address: string, session: Session | null): Promise<Api> => {
  const context = await requests.newContext({
    baseURL: address,
    ...(session === null ? {} : { storageState: session }),
    extraHTTPHeaders: { origin: new URL(address).origin },
  });
  // Text and not `data: object`: an array, a number or null is sent as what it is.
  const sending = (body: unknown) => ({ headers: { "content-type": "application/json" }, data: JSON.stringify(body) });
  return {
    get: (path) => context.get(path),
    post: (path, body) => context.post(path, sending(body)),
    put: (path, body) => context.put(path, sending(body)),
    delete: (path) => context.delete(path),
    dispose: () => context.dispose(),
  };
};

/** The answer as JSON, once it has the status that it must have; else the test says what came instead. */
export const answered = async <Schema extends z.ZodType>(
  response: APIResponse,
  status: number,
  schema: Schema,
): Promise<z.output<Schema>> => {
  expect(response.status(), await response.text()).toBe(status);
  return schema.parse(await response.json());
};
