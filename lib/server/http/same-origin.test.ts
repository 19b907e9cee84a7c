import { expect, test } from "vitest";
import { isFromOwnPages } from "./same-origin";

const ADDRESS = "https://doseline.example.org";
const from = (headers: Readonly<Record<string, string>>): Request =>
  new Request("http://127.0.0.1:3000/api/v1/studies", {
    method: "POST",
    headers: { host: "127.0.0.1:3000", ...headers },
  });

test.each([
  ["our own page", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "same-origin" }],
  ["our own page, under the configured address", { origin: ADDRESS }],
  ["our own page, by a browser that only sends Sec-Fetch-Site", { "sec-fetch-site": "same-origin" }],
])("with a cookie: %s", (_, headers) => {
  expect(isFromOwnPages(from(headers), true, ADDRESS)).toBe(true);
});

test.each([
  ["nobody says where from", {}],
  ["another site", { origin: "https://evil.example" }],
  ["a sandboxed frame", { origin: "null" }],
  ["another port of this machine", { origin: "http://127.0.0.1:3001" }],
  ["another scheme", { origin: "https://127.0.0.1:3000" }],
  ["a longer name", { origin: "http://127.0.0.1:3000.evil.example" }],
  ["a sibling site", { "sec-fetch-site": "same-site" }],
  ["a foreign site that hides its origin", { "sec-fetch-site": "cross-site" }],
  ["two headers that disagree", { origin: "http://127.0.0.1:3000", "sec-fetch-site": "cross-site" }],
])("refused with a cookie: %s", (_, headers) => {
  expect(isFromOwnPages(from(headers), true, ADDRESS)).toBe(false);
});

test("a personal token needs no page, and a foreign page is refused with it too", () => {
  expect(isFromOwnPages(from({}), false, ADDRESS)).toBe(true);
  expect(isFromOwnPages(from({ origin: "https://evil.example" }), false, ADDRESS)).toBe(false);
});
