import { expect, test } from "vitest";
import { Decimal } from "../decimal";
import type { Qualifier } from "../record/log-entry";
import { percentChangeText } from "./percent-change";

const change = (value: string, reference: string, qualifier: Qualifier | null = null): string | null =>
  percentChangeText({ value: new Decimal(value), qualifier }, new Decimal(reference));

test("a change is a percentage of the reference", () => {
  expect(change("90", "100")).toBe("−10.0 %");
  expect(change("100", "90")).toBe("+11.1 %");
  expect(change("20.8", "20.80")).toBe("0.0 %");
  expect(change("0.8", "2.4")).toBe("−66.7 %");
});

test("a result below a number is a change below the percentage", () => {
  expect(change("0.1", "2", "<")).toBe("<−95.0 %");
});

test("nothing is a percentage of nothing", () => {
  expect(change("3", "0")).toBeNull();
});
