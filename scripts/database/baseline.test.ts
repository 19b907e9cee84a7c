import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BASELINE, makeBaseline } from "./baseline.mjs";

test("the first migration is what schema.prisma and prisma/sql make", async () => {
  expect(readFileSync(BASELINE, "utf8"), "run npm run make:baseline").toBe(await makeBaseline());
});
