import { readFileSync, readdirSync } from "node:fs";
import { expect, test } from "vitest";

/** Where a statement is sent that somebody wrote by hand: of a transaction `query`, of a snapshot `parts`. */
const SENDS = /\.(?:query|parts)[<(]/u;

/** Pages that are still to read stored states. */
const TO_MOVE = /^lib\/server\/operations\/(?:audit|entries|studies)\//u;

const placesInCode = (): readonly string[] =>
  readdirSync("lib/server", { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `lib/server/${name}`)
    .filter((path) => !path.startsWith("lib/server/db/") && !path.endsWith(".test.ts"))
    .filter((path) => SENDS.test(readFileSync(path, "utf8")))
    .sort();

const placesInRecord = (): readonly string[] =>
  [...readFileSync("docs/decisions/0015-through-prisma-client.md", "utf8").matchAll(/^\| `(?<path>[^`]+)` \|/gmu)]
    .map(({ groups }) => groups?.["path"] ?? "")
    .sort();

test("SQL is written by hand where the decision record says so, and nowhere else", () => {
  expect(placesInCode().filter((path) => !TO_MOVE.test(path))).toEqual(placesInRecord());
});

test("whatever is written by hand is in store or in verifying", () => {
  expect(placesInRecord().filter((path) => !/^lib\/server\/(?:store|verifying)\//u.test(path))).toEqual([]);
});
