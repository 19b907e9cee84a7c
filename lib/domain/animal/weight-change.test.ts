import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal } from "../decimal";
import type { Qualifier } from "../record/log-entry";
import { shownWeight, weightChange, weightChangeText } from "./weight-change";

const change = (grams: string, reference: string, qualifier: Qualifier | null = null) => {
  const found = weightChange({ value: new Decimal(grams), qualifier }, new Decimal(reference));
  if (found === null) throw new Error("no change");
  return found;
};
const text = (grams: string, reference: string, qualifier: Qualifier | null = null): string =>
  weightChangeText(change(grams, reference, qualifier));

describe("weight change", () => {
  test("is of the reference: from 100 g to 90 g is −10.0 %, never −11.1 %", () => {
    expect(text("90", "100")).toBe("−10.0");
    expect(change("90", "100").reference.toFixed()).toBe("100");
    expect(text("100", "90")).toBe("+11.1");
  });

  test("without a change there is no sign", () => {
    expect(text("22.0", "22")).toBe("0.0");
    expect(text("22.001", "22")).toBe("0.0");
  });

  test("a loss of 15 % warns and one of 20 % is the humane endpoint, exactly at the limit", () => {
    expect(change("18.7", "22").alarm).toBe("warning");
    expect(change("18.700001", "22").alarm).toBeNull();
    expect(change("17.6", "22").alarm).toBe("humane-endpoint");
    expect(change("17.600001", "22").alarm).toBe("warning");
    expect(change("30", "22").alarm).toBeNull();
  });

  test("a weight below a number lies just below it", () => {
    expect(change("17.6", "22", ">").alarm).toBe("warning");
    expect(change("17.61", "22", "<").alarm).toBe("warning");
    expect(text("17.6", "22", "<")).toBe("<−20.0");
  });

  test("a loss just short of a limit is not shown as the limit", () => {
    expect(text("8.504", "10")).toBe("−14.96");
    expect(text("8.5", "10")).toBe("−15.0");
    expect(text("80.0001", "100")).toBe("−19.9999");
  });

  test("no percentage of nothing", () => {
    expect(weightChange({ value: new Decimal("3"), qualifier: null }, new Decimal(0))).toBeNull();
  });

  test("the text says a limit is reached only where the alarm says so", () => {
    const grams = fc.integer({ min: 1, max: 40_000 });
    fc.assert(
      fc.property(grams, grams, (weight, reference) => {
        const found = change(String(weight), String(reference));
        const shown = Number(weightChangeText(found).replace("−", "-"));
        expect(shown <= -20).toBe(found.alarm === "humane-endpoint");
        expect(shown <= -15).toBe(found.alarm !== null);
      }),
    );
  });
});

test("animals that weigh kilograms are shown in kilograms", () => {
  expect(shownWeight(new Decimal("22.0"))).toEqual({ value: "22", unit: "g" });
  expect(shownWeight(new Decimal("9400"))).toEqual({ value: "9.4", unit: "kg" });
  expect(shownWeight(new Decimal("1990"), new Decimal("2100"))).toEqual({ value: "1.99", unit: "kg" });
});
