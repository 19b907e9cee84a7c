import { describe, expect, test } from "vitest";
import { readJsonBody } from "./read-body";

const CAP = 100;

const request = (
  body: BodyInit | null,
  headers: Readonly<Record<string, string>> = { "content-type": "application/json" },
): Request =>
  new Request("http://127.0.0.1/api", {
    method: "POST",
    headers,
    body,
    ...(body instanceof ReadableStream ? { duplex: "half" } : {}),
  });

const codeOf = async (asked: Request): Promise<string> => {
  const read = await readJsonBody(asked, CAP);
  return read.ok ? "read" : read.fault.code;
};

describe("the body of a request", () => {
  test.each(["application/json", "application/json; charset=utf-8", 'Application/JSON;charset="UTF-8"'])(
    "is read as %s",
    async (type) => {
      expect(await codeOf(request('{"a":1}', { "content-type": type }))).toBe("read");
    },
  );

  test.each([
    "text/plain",
    "application/x-www-form-urlencoded",
    "application/json; charset=latin1",
    "application/jsonp",
    "",
  ])("is refused as %j", async (type) => {
    expect(await codeOf(request('{"a":1}', { "content-type": type }))).toBe("WRONG_CONTENT_TYPE");
  });

  test.each(["", "   ", "{", '{"a":1,}', "{'a':1}", "NaN", '{"a":1}x', "\ufeff\ufeff{}"])(
    "%j is not well-formed",
    async (body) => {
      expect(await codeOf(request(body))).toBe("MALFORMED_JSON");
    },
  );

  test.each([
    ['{"grams":99,"grams":22.1}', "grams", "REPEATED_KEY"],
    ['{"neutrophils":0.99999999999999999}', "neutrophils", "INVALID_VALUE"],
    ['{"cage":9007199254740993}', "cage", "INVALID_VALUE"],
    ['{"grams":1e999}', "grams", "OUT_OF_RANGE"],
  ])("%s is refused by path", async (body, path, code) => {
    const read = await readJsonBody(request(body), CAP);
    expect(read.ok ? null : read.fault).toMatchObject({ code: "INVALID_INPUT", errors: [{ path, code }] });
  });

  test("bytes that are not UTF-8 are refused", async () => {
    expect(await codeOf(request(new Uint8Array([0x22, 0xff, 0xfe, 0x22])))).toBe("MALFORMED_JSON");
  });

  test("a body over the cap is refused by its declared length", async () => {
    const declared = { "content-type": "application/json", "content-length": String(CAP + 1) };
    expect(await codeOf(request("{}", declared))).toBe("BODY_TOO_LARGE");
  });

  test("a body over the cap is refused while it is read, without reading the rest", async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull: (controller) => {
        sent += 10;
        controller.enqueue(new Uint8Array(10).fill(0x20));
      },
    });
    expect(await codeOf(request(endless))).toBe("BODY_TOO_LARGE");
    expect(sent).toBeLessThan(CAP * 2);
  });
});
