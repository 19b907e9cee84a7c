import { describe, expect, test } from "vitest";
import { ROUTES, apiDescription } from "./openapi";

const description = JSON.parse(JSON.stringify(apiDescription())) as {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
};
type Operation = {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema: unknown;
  }[];
  readonly requestBody?: {
    readonly required: boolean;
    readonly content: Readonly<Record<string, { readonly schema: unknown }>>;
  };
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: unknown }>>;
};

const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

const everyNode = (node: unknown): readonly Readonly<Record<string, unknown>>[] => {
  if (typeof node !== "object" || node === null) return [];
  return [node as Readonly<Record<string, unknown>>, ...Object.values(node).flatMap(everyNode)];
};

const resolve = (reference: string): unknown =>
  reference
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], description);

describe("the description of the API", () => {
  test("is OpenAPI 3.1 and has every route once", () => {
    expect(description.openapi).toBe("3.1.0");
    expect(operations).toHaveLength(ROUTES.length);
    const ids = operations.map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("points nowhere that is not there", () => {
    const references = everyNode(description).flatMap(({ $ref }) => (typeof $ref === "string" ? [$ref] : []));
    expect(references.length).toBeGreaterThan(20);
    expect(references.filter((reference) => resolve(reference) === undefined)).toEqual([]);
  });

  test.each(operations)(
    "$method $path declares its parameters, and what every answer is",
    ({ path, method, operation }) => {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(new Set(declared.map(({ name }) => name))).toEqual(new Set(named));
      expect(declared.every(({ required }) => required === true)).toBe(true);
      expect(Object.keys(operation.responses)).toContainEqual(expect.stringMatching(/^2\d\d$/));
      for (const [status, { description: words }] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(words).not.toBe("");
      }
      expect(operation.requestBody === undefined).toBe(method === "get" || method === "delete");
    },
  );

  test("says of every object that is sent that it takes no unknown key", () => {
    const sent = operations.flatMap(({ operation }) => Object.values(operation.requestBody?.content ?? {}));
    const open = sent
      .flatMap(({ schema }) => everyNode(follow(schema)))
      .filter(
        (node) =>
          node["type"] === "object" && node["properties"] !== undefined && node["additionalProperties"] !== false,
      );
    expect(open).toEqual([]);
  });
});

/** A schema with what it refers to written in its place. */
const follow = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(follow);
  if (typeof node !== "object" || node === null) return node;
  const { $ref, ...rest } = node as Readonly<Record<string, unknown>>;
  if (typeof $ref === "string") return follow(resolve($ref));
  return Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, follow(value)]));
};
