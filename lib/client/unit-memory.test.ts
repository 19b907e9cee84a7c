import { expect, test } from "vitest";
import { memoryStore } from "./device-store";
import { rememberedUnit, rememberUnit } from "./unit-memory";

test("a unit is remembered for its study and field", () => {
  const store = memoryStore();
  rememberUnit(store, "POM", "neutrophils", "K/µL");
  expect(rememberedUnit(store, "POM", "neutrophils")).toBe("K/µL");
  expect(rememberedUnit(store, "POM", "platelets")).toBeNull();
  expect(rememberedUnit(store, "DOG", "neutrophils")).toBeNull();
});

test("what is no unit of the field is not offered", () => {
  const store = memoryStore();
  rememberUnit(store, "POM", "grams", "lb");
  expect(rememberedUnit(store, "POM", "grams")).toBeNull();
});
