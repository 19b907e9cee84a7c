import { describe, expect, test } from "vitest";
import { withAnswer } from "./server-clock";

const at = (iso: string): number => Date.parse(iso);
const header = (iso: string): string => new Date(iso).toUTCString();

describe("the server's clock from the dates of its answers", () => {
  test("a device that is fast by three minutes is set back", () => {
    expect(withAnswer(null, header("2026-02-04T09:41:00Z"), at("2026-02-04T09:44:00.300Z"))).toBe(-180_300);
  });

  test("of several answers the one that was least delayed counts", () => {
    const first = withAnswer(null, header("2026-02-04T09:41:00Z"), at("2026-02-04T09:41:00.900Z"));
    expect(withAnswer(first, header("2026-02-04T09:41:05Z"), at("2026-02-04T09:41:05.200Z"))).toBe(-200);
    expect(withAnswer(-200, header("2026-02-04T09:41:09Z"), at("2026-02-04T09:41:09.950Z"))).toBe(-200);
  });

  test("a clock that was set is followed at once", () => {
    expect(withAnswer(-200, header("2026-02-04T09:41:00Z"), at("2026-02-04T09:51:00Z"))).toBe(-600_000);
  });

  test("an answer without a date tells nothing", () => {
    expect(withAnswer(null, null, 0)).toBeNull();
    expect(withAnswer(-200, "yesterday", 0)).toBe(-200);
  });
});
