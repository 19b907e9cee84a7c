import { afterAll, beforeAll, expect, test } from "vitest";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/lib/server/db/testing/test-database";
import { storedTriggers } from "./protection";
import { PROTECTION } from "./protective-triggers";

beforeAll(async () => useDatabase(openDatabase((await createTestDatabase()).databaseUrl)));
afterAll(() => database().close());

test("protective-triggers.ts names every trigger of the migrations, and each is ENABLE ALWAYS", async () => {
  const stored = await storedTriggers(connection);
  expect(stored.filter(({ enabled }) => enabled !== "A")).toEqual([]);
  expect(PROTECTION).toEqual(stored.map(({ name }) => name).sort());
});
