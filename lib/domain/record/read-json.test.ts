import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readJson } from "./read-json";

describe("JSON text", () => {
  test.each([
    ['{"grams":99,"grams":22.1}', "grams", "REPEATED_KEY"],
    ['{"entries":[{"id":"a"},{"grams":99,"id":"b","grams":22.1}]}', "entries[1].grams", "REPEATED_KEY"],
    ['{"gr\\u0061ms":99,"grams":22.1}', "grams", "REPEATED_KEY"],
    ['{"a":{"b":1},"c":[1,{"d":{}}],"a":null}', "a", "REPEATED_KEY"],
    ['{"":1,"":2}', "$", "REPEATED_KEY"],
    ['{"__proto__":1,"__proto__":2}', "__proto__", "REPEATED_KEY"],
    ['{"neutrophils":0.99999999999999999}', "neutrophils", "INVALID_VALUE"],
    ['{"protocols":[{"doseLevels":[4,3.0000000000000001]}]}', "protocols[0].doseLevels[1]", "INVALID_VALUE"],
    ['{"x":{"cage":9007199254740993}}', "x.cage", "INVALID_VALUE"],
    ['{"x":-123456789012345678901234567890}', "x", "INVALID_VALUE"],
    ['{"x":1e-400}', "x", "INVALID_VALUE"],
    ['{"x":1e-99999999999999999999}', "x", "INVALID_VALUE"],
    ['{"x":1e999}', "x", "OUT_OF_RANGE"],
    ["[-1E+999]", "[0]", "OUT_OF_RANGE"],
    ["0.10000000000000000001", "$", "INVALID_VALUE"],
    ['{"a":1,}', "$", "MALFORMED_JSON"],
    ["", "$", "MALFORMED_JSON"],
  ])("%s is refused at %s", (text, path, code) => {
    const read = readJson(text);
    expect(read.ok ? null : read.fault).toMatchObject({ path, code });
  });

  test.each([
    '{"a":{"x":1},"b":{"x":1},"x":1}',
    '[{"a":1},{"a":1}]',
    '{"text":"\\"a\\":1, \\"a\\":2, 0.99999999999999999","a":1}',
    '{"a":"a","b":"a"}',
    '["a","a",{"a":["a","a"]}]',
    "[0, -0, 0.0, 0e5, 1.50, 22.000000000000000000, 1e21, 1.5E-7, 9007199254740992, 0.1, 100000000000000000000]",
    ' \n\t"\\\\"',
    "true",
  ])("%s is read as written", (text) => {
    expect(readJson(text)).toEqual({ ok: true, value: JSON.parse(text) as unknown });
  });

  test("whatever was written from a value is read", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        expect(readJson(text).ok).toBe(true);
      }),
      { seed: 20_261_201 },
    );
  });

  test("is refused when any key of it is written twice", () => {
    const keys = fc.uniqueArray(fc.string(), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(keys, fc.nat(), (names, pick) => {
        const members = names.map((name, index) => `${JSON.stringify(name)}:${String(index)}`);
        const again = `${JSON.stringify(names[pick % names.length])}:[]`;
        const read = readJson(`{${[...members, again].join(",")}}`);
        expect(read.ok ? null : read.fault.code).toBe("REPEATED_KEY");
      }),
      { seed: 20_261_202 },
    );
  });
});
