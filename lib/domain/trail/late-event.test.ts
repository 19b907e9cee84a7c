import { expect, test } from "vitest";
import { lateTextOfEvent } from "./late-event";

const entry = (more: object = {}) =>
  JSON.stringify({ id: "e1", observedAt: "2026-01-05T09:00:00+01:00", recordedAt: "2026-01-08T08:00:00Z", ...more });
const late = (newValue: string | null, kind = "ENTRY_RECORDED") => lateTextOfEvent({ kind, newValue });

test("an entry recorded long after it was observed says by how much, an imported one too", () => {
  expect(late(entry())).toBe("3 d");
  expect(late(entry(), "ENTRY_IMPORTED")).toBe("3 d");
});

test("nothing is said of what was in time, corrects, is another event, or cannot be read", () => {
  expect(late(entry({ recordedAt: "2026-01-05T08:10:00Z" }))).toBeNull();
  expect(late(entry({ corrects: "e0" }))).toBeNull();
  expect(late(entry(), "ENTRY_CORRECTED")).toBeNull();
  expect(late(entry(), "ANIMAL_CHANGED")).toBeNull();
  for (const text of [null, "[", "[]", "null", "7", JSON.stringify({ observedAt: 5 })]) expect(late(text)).toBeNull();
});
