import { afterEach, describe, expect, test, vi } from "vitest";
import { faultsOf, send, type Sent } from "./send";

const answering = (answer: () => Promise<Response>): void => {
  vi.stubGlobal("fetch", answer);
};

const json = (status: number, body: unknown): Response => new Response(JSON.stringify(body), { status });

const refusal = {
  type: "about:blank",
  title: "Invalid value",
  status: 422,
  code: "INVALID_VALUE",
  detail: "grams: must be more than 0.",
  errors: [{ path: "grams", code: "OUT_OF_RANGE", message: "must be more than 0" }],
};

afterEach(() => {
  vi.unstubAllGlobals();
});

const post = (): Promise<Sent> => send("POST", "/api/v1/studies", {});

describe("send", () => {
  test("gives the body when the request is done", async () => {
    answering(async () => json(201, { code: "POM-001" }));
    expect(await post()).toEqual({ kind: "done", status: 201, body: { code: "POM-001" } });
  });

  test("gives the refusal's fields when the content is refused", async () => {
    answering(async () => json(422, refusal));
    const sent = await post();
    expect(sent.kind === "done" ? [] : faultsOf(sent)).toEqual(refusal.errors);
  });

  test.each([
    ["the connection breaks", () => Promise.reject(new TypeError("failed"))],
    ["the answer breaks off", () => Promise.resolve(new Response("{", { status: 201 }))],
  ])("never says that nothing was saved when %s", async (_, answer) => {
    answering(answer);
    const sent = await post();
    expect(sent).toEqual({ kind: "no-answer" });
    expect(sent.kind === "done" ? [] : faultsOf(sent).map(({ message }) => message)).toEqual([
      "No answer from the server: this may have been saved. Check the network, then send it again.",
    ]);
  });

  test("is signed out when the session is not known", async () => {
    answering(async () => json(401, { ...refusal, status: 401 }));
    expect(await post()).toEqual({ kind: "signed-out" });
  });

  test.each([
    [503, { ...refusal, status: 503, detail: "The database is starting." }, "The database is starting."],
    [429, { ...refusal, status: 429, detail: "Too many attempts." }, "Too many attempts."],
    [404, "not ours", "The server answered 404."],
  ])("is unavailable when the server answers %i", async (status, body, detail) => {
    answering(async () => json(status, body));
    expect(await post()).toEqual({ kind: "unavailable", detail });
  });

  test("gives up when no answer comes in time", async () => {
    answering(
      () =>
        new Promise((_resolve, reject) => {
          reject(new DOMException("late", "TimeoutError"));
        }),
    );
    expect(await send("POST", "/api/v1/studies", {}, { timeoutMs: 1 })).toEqual({ kind: "no-answer" });
  });
});
