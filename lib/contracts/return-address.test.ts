import { expect, test } from "vitest";
import { returnAddress } from "./return-address";

test("an address of this server is kept with its query", () => {
  expect(returnAddress("/studies/POM-001/board?group=G2")).toBe("/studies/POM-001/board?group=G2");
});

test.each([
  null,
  undefined,
  "",
  "studies",
  "//evil.example",
  "/\\evil.example",
  "/\t/evil.example",
  "https://evil.example/",
  "javascript:alert(1)",
  "/.//evil.example",
  "/sign-in?next=/sign-in",
])("%j leads to the start page", (asked) => {
  expect(returnAddress(asked)).toBe("/");
});
