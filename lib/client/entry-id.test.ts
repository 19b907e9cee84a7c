import { expect, test } from "vitest";
import * as z from "zod";
import { newEntryId } from "./entry-id";

test("ids are random UUIDs that the entry contract takes", () => {
  const ids = Array.from({ length: 500 }, newEntryId);
  for (const id of ids) expect(z.uuid({ version: "v4" }).safeParse(id).success).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});
