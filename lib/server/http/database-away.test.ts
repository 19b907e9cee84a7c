import { expect, test } from "vitest";
import { isDatabaseAway } from "./database-away";

const coded = (code: string): Error => Object.assign(new Error("x"), { code });

test.each([
  ["nobody listens", coded("ECONNREFUSED")],
  ["the server is shutting down", coded("57P01")],
  ["there are no connections left", coded("53300")],
  ["Prisma cannot connect", coded("P1001")],
  ["every address refuses", new AggregateError([coded("ECONNREFUSED"), coded("ECONNREFUSED")])],
  ["what it was caused by", new Error("query failed", { cause: coded("57P03") })],
  ["a connection that broke in a query", new Error("Connection terminated unexpectedly")],
  ["a pool without a free one", new Error("timeout exceeded when trying to connect")],
])("away: %s", (_, thrown) => {
  expect(isDatabaseAway(thrown)).toBe(true);
});

test.each([
  ["a bug", new TypeError("x is not a function")],
  ["a constraint", coded("23505")],
  ["a wrong password of the database", coded("28P01")],
  ["nothing", undefined],
  ["text", "ECONNREFUSED"],
])("not away: %s", (_, thrown) => {
  expect(isDatabaseAway(thrown)).toBe(false);
});

test("a ring of causes ends", () => {
  const ring: Error & { cause?: unknown } = new Error("ring");
  ring.cause = ring;
  expect(isDatabaseAway(ring)).toBe(false);
});
