import { existsSync } from "node:fs";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { ROUTES } from "@/lib/contracts/openapi";
import { problem } from "@/lib/contracts/problem";
import type { AnyRouteContract, HttpMethod } from "@/lib/contracts/route";
import { histories } from "@/test/oracle/run-count.property";
import { cookieFor, person, tokenFor, useTestDatabase } from "@/test/people/test-people";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/command/actor";
import { draft, emptyStudy, PROTOCOL, register, withToken } from "@/test/database/set-up";
import type { RouteHandler } from "./endpoint";

useTestDatabase();

type RouteFile = Readonly<Record<HttpMethod | "PATCH", RouteHandler>>;
const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
const FILES = import.meta.glob<RouteFile>(["/app/api/v1/**/route.ts", "/app/api/health/route.ts"]);

const addressOf = (file: string): string =>
  file
    .replace(/^\/app/, "")
    .replace(/\/route\.ts$/, "")
    .replaceAll(/\[(\w+)\]/g, "{$1}");
const fileOf = ({ path }: AnyRouteContract): string => `/app${path.replaceAll(/\{(\w+)\}/g, "[$1]")}/route.ts`;

const CODE = "FUZZ";
const PARAMS = { code: CODE, email: "nobody@example.org", tag: "M1" };

const call = async (
  route: Pick<AnyRouteContract, "method" | "path">,
  options: {
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: BodyInit;
    readonly params?: Readonly<Record<string, string>>;
    readonly query?: string;
  },
): Promise<Response> => {
  const load = FILES[fileOf(route as AnyRouteContract)];
  if (load === undefined) throw new Error(`there is no file for ${route.path}`);
  const file = await load();
  const request = new Request(`http://127.0.0.1:3000${route.path.replaceAll(/[{}]/g, "")}${options.query ?? ""}`, {
    method: route.method,
    headers: { host: "127.0.0.1:3000", ...options.headers },
    ...(options.body === undefined ? {} : { body: options.body, duplex: "half" }),
  });
  return file[route.method](request, { params: Promise.resolve(options.params ?? PARAMS) });
};

/** Everything that a request could have changed. */
const contents = async (): Promise<unknown> => {
  const { rows } = await database().pool.query(
    `SELECT (SELECT count(*) FROM studies) AS studies, (SELECT count(*) FROM animals) AS animals, (SELECT count(*) FROM users) AS users,
            (SELECT count(*) FROM memberships) AS memberships, (SELECT count(*) FROM entries) AS entries,
            (SELECT md5(string_agg(settings::text, '')) FROM protocol_versions) AS protocols`,
  );
  return rows[0];
};

let people: readonly { readonly actor: Actor; readonly headers: Readonly<Record<string, string>> }[];

beforeAll(async () => {
  const admin = await withToken(await person("admin@example.org", { administrator: true }));
  const dora = await withToken(await person("dora@example.org"));
  const tim = await withToken(await person("tim@example.org"));
  await emptyStudy({ admin, dora, tim, ada: admin }, CODE);
  await draft(dora, CODE, PROTOCOL);
  await register(dora, CODE, { id: "M1", sex: "F", group: "G2" });
  people = await Promise.all(
    [admin, dora, tim].map(async (actor) => ({
      actor,
      headers: { authorization: `Bearer ${await tokenFor(actor)}`, "content-type": "application/json" },
    })),
  );
});

/** What a route cannot do without in its query. */
const queryOf = ({ operationId }: AnyRouteContract): string => (operationId === "importStudy" ? "?code=NEW" : "");

const headersOf = (index: number): Readonly<Record<string, string>> => people[index % people.length]?.headers ?? {};

/** A person who may do it, as far as anybody may. */
const who = ({ installationAction }: AnyRouteContract): number => (installationAction === undefined ? 1 : 0);

const expectProblem = async (response: Response): Promise<string> => {
  expect(response.status).toBeGreaterThanOrEqual(400);
  expect(response.status).toBeLessThan(500);
  expect(response.headers.get("content-type")).toBe("application/problem+json; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const document = problem.parse(await response.json());
  expect(document.status).toBe(response.status);
  expect(JSON.stringify(document)).not.toMatch(/node_modules|\.ts:\d|at Object\.|prisma|SELECT |syntax error/i);
  return document.code;
};

const withBody = ROUTES.filter(({ body }) => body !== null);
const signedIn = ROUTES.filter(({ access }) => access === "signed-in");
const changing = signedIn.filter(({ method }) => method !== "GET");

describe("routes and contracts", () => {
  test("every contract has its file, and every file of the API has contracts", () => {
    expect(ROUTES.map(fileOf).filter((file) => FILES[file] === undefined)).toEqual([]);
    const described = new Set(ROUTES.map(({ path }) => path));
    expect(
      Object.keys(FILES)
        .map(addressOf)
        .filter((path) => !described.has(path)),
    ).toEqual(["/api/v1/[...rest]"]);
    expect(existsSync("app/api/v1")).toBe(true);
  });

  test("a method without contract is 405, and says which there are", async () => {
    for (const [file, load] of Object.entries(FILES).filter(([file]) => !file.includes("[..."))) {
      const path = addressOf(file);
      const described = ROUTES.filter((route) => route.path === path).map(({ method }) => method as string);
      const handlers = await load();
      for (const method of METHODS.filter((name) => !described.includes(name))) {
        const response = await handlers[method](new Request(`http://127.0.0.1:3000${path}`, { method }), {
          params: Promise.resolve({}),
        });
        expect(await expectProblem(response)).toBe("METHOD_NOT_ALLOWED");
        expect(response.headers.get("allow")?.split(", ").toSorted()).toEqual(described.toSorted());
      }
    }
  });

  test("an address that is none is 404 for a program, too", async () => {
    const file = await FILES["/app/api/v1/[...rest]/route.ts"]?.();
    const response = await file?.POST(new Request("http://127.0.0.1:3000/api/v1/nothing", { method: "POST" }), {
      params: Promise.resolve({}),
    });
    expect(response?.status).toBe(404);
  });
});

describe("who asks", () => {
  test.each(signedIn)("$method $path: nobody is 401", async (route) => {
    const body = route.body === null ? {} : { body: "{}" };
    const headers = { origin: "http://127.0.0.1:3000", "content-type": "application/json" };
    const response = await call(route, { headers, ...body });
    expect([response.status, await expectProblem(response)]).toEqual([401, "NOT_SIGNED_IN"]);
    expect(response.headers.get("www-authenticate")).toMatch(/^Bearer/);
  });

  test.each(changing)("$method $path: another site is refused, with a session and with a token", async (route) => {
    const before = await contents();
    const body = route.body === null ? {} : { body: "{}" };
    const cookie = await cookieFor(people[1]?.actor as Actor);
    const type = { "content-type": "application/json" };
    for (const headers of [
      { ...type, cookie },
      { ...type, cookie, origin: "https://evil.example" },
      { ...type, cookie, origin: "null" },
      { ...type, cookie, origin: "http://127.0.0.1:3000", "sec-fetch-site": "cross-site" },
      { ...headersOf(1), origin: "https://evil.example" },
    ]) {
      expect(await expectProblem(await call(route, { headers, ...body }))).toBe("FOREIGN_ORIGIN");
    }
    expect(await contents()).toEqual(before);
  });
});

const HOSTILE_BODIES = [
  ["nothing", "", "MALFORMED_JSON"],
  ["half a document", '{"code":', "MALFORMED_JSON"],
  ["20,000 levels", "[".repeat(20_000) + "]".repeat(20_000), "INVALID_INPUT"],
  ["20,000 objects", '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000), "INVALID_INPUT"],
  ["a prototype", '{"__proto__":{"administrator":true}}', "INVALID_INPUT"],
  ["a constructor", '{"constructor":{"prototype":{"administrator":true}}}', "INVALID_INPUT"],
  ["half a surrogate pair", '{"code":"\\ud800"}', "INVALID_INPUT"],
  ["U+0000", '{"code":"\\u0000"}', "INVALID_INPUT"],
  ["1e999", '{"code":1e999}', "INVALID_INPUT"],
  ["a number alone", "1", "INVALID_INPUT"],
  ["null", "null", "INVALID_INPUT"],
  ["a list of lists", "[[]]", "INVALID_INPUT"],
] as const;

describe.each(withBody)("$method $path: a body that is none of ours", (route) => {
  test.each(HOSTILE_BODIES)("%s", async (_, body, code) => {
    const before = await contents();
    const found = await expectProblem(
      await call(route, { headers: headersOf(who(route)), body, query: queryOf(route) }),
    );
    expect(found === code || (code === "INVALID_INPUT" && found === "INVALID_BUNDLE")).toBe(true);
    expect(await contents()).toEqual(before);
  });

  test("as another type, or too large", async () => {
    for (const type of ["text/plain", "multipart/form-data; boundary=x", "application/xml"]) {
      const headers = { ...headersOf(who(route)), "content-type": type };
      expect(await expectProblem(await call(route, { headers, body: "{}", query: queryOf(route) }))).toBe(
        "WRONG_CONTENT_TYPE",
      );
    }
    const declared = { ...headersOf(who(route)), "content-length": String(10 ** 12) };
    expect(await expectProblem(await call(route, { headers: declared, body: "{}", query: queryOf(route) }))).toBe(
      "BODY_TOO_LARGE",
    );
  });
});

describe("fuzz", () => {
  const json = fc.oneof(
    fc.json(),
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.string({ unit: "binary" }),
    fc
      .record(
        { code: fc.string(), id: fc.string(), password: fc.string(), groups: fc.array(fc.anything()) },
        { requiredKeys: [] },
      )
      .map((value) => {
        try {
          return JSON.stringify(value);
        } catch {
          return "{}";
        }
      }),
  );

  test("any body at any route is answered, and never by a 5xx", async () => {
    const property = fc.asyncProperty(fc.constantFrom(...withBody), json, fc.nat(2), async (route, body, index) => {
      const response = await call(route, { headers: headersOf(index), body, query: queryOf(route) });
      expect(response.status).toBeLessThan(500);
      if (response.status >= 400) await expectProblem(response);
    });
    await fc.assert(property, histories(2000));
  });

  test("any address and query is answered, and never by a 5xx", async () => {
    const text = fc.string({ unit: "binary", maxLength: 30 });
    const property = fc.asyncProperty(
      fc.constantFrom(...ROUTES.filter(({ method }) => method === "GET")),
      text,
      text,
      async (route, part, query) => {
        const params = { code: part, email: part, tag: part };
        const asked = `?${new URLSearchParams({ [query]: part }).toString()}`;
        for (const options of [{ params }, { query: asked }]) {
          const response = await call(route, { headers: headersOf(0), ...options });
          expect(response.status).toBeLessThan(500);
          // A file that nobody reads keeps its connection until it is given up.
          await response.body?.cancel();
        }
      },
    );
    await fc.assert(property, histories(500));
  });

  test.each(ROUTES)("$method $path: a query that it does not have is refused", async (route) => {
    const response = await call(route, {
      headers: headersOf(0),
      query: "?nothing=1",
      ...(route.body === null ? {} : { body: "{}" }),
    });
    expect(await expectProblem(response)).toBe("INVALID_INPUT");
  });
});

describe("a database that is away", () => {
  test.each(signedIn)("$method $path: 503, and when to try again", async (route) => {
    const reachable = database();
    const away = openDatabase("postgresql://nobody:nothing@127.0.0.1:1/none");
    useDatabase(away);
    try {
      const response = await call(route, { headers: headersOf(1), ...(route.body === null ? {} : { body: "{}" }) });
      expect(response.status).toBe(503);
      expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(problem.parse(await response.json()).code).toBe("DATABASE_UNAVAILABLE");
    } finally {
      useDatabase(reachable);
      await away.close();
    }
  });
});
