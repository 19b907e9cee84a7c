import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inspectJson } from "./inspect-json";

const parsed = (text: string): unknown => JSON.parse(text) as unknown;

describe("what no document may hold", () => {
  test.each([
    ['{"animals":[{"room":"a\\u0000b"}]}', "animals[0].room", "FORBIDDEN_CHARACTER"],
    ['{"title":"\\ud800"}', "title", "FORBIDDEN_CHARACTER"],
    ['{"a\\u0000":1}', "$", "FORBIDDEN_CHARACTER"],
    ['{"a":{"__proto__":{"administrator":true}}}', "a.__proto__", "UNKNOWN_KEY"],
  ])("%s is refused at %s", (text, path, code) => {
    expect(inspectJson(parsed(text))).toMatchObject({ path, code });
  });

  test("20,000 levels are refused without exhausting the stack", () => {
    const deep = "[".repeat(20_000) + "]".repeat(20_000);
    expect(inspectJson(parsed(deep))?.code).toBe("TOO_DEEP");
    const objects = '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000);
    expect(inspectJson(parsed(objects))?.code).toBe("TOO_DEEP");
  });

  test("a pair of surrogates is a character", () => {
    expect(inspectJson(parsed('{"title":"\\ud83d\\udc01"}'))).toBeNull();
  });

  test("any JSON document without these is let through", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (document) => {
        const text = JSON.stringify(document);
        fc.pre(!text.includes("\\u0000") && !text.includes("__proto__") && !/\\ud[89a-f]/i.test(text));
        expect(inspectJson(parsed(text))).toBeNull();
      }),
    );
  });
});
