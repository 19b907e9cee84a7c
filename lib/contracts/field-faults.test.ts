import * as z from "zod";
import { describe, expect, test } from "vitest";
import { readInput, writePath } from "./field-faults";

const animal = z.strictObject({
  id: z.string().min(1),
  sex: z.enum(["F", "M"]),
  weight: z.number().positive().optional(),
});
const batch = z.strictObject({ animals: z.array(animal).min(1) });

const faultsOf = (schema: z.ZodType, value: unknown): readonly string[] => {
  const read = readInput(schema, value);
  if (read.ok) throw new Error("this was expected to be refused");
  return read.fault.map(({ path, code, message }) => `${path} ${code}: ${message}`);
};

describe("what is wrong is named where it is", () => {
  test("a missing field, a wrong type, an unknown word and an unknown key", () => {
    expect(faultsOf(batch, { animals: [{ sex: "F" }, { id: 7, sex: "X", cage: "C1" }] })).toEqual([
      "animals[0].id REQUIRED: is missing",
      "animals[1].id WRONG_TYPE: must be text, and is a number",
      'animals[1].sex INVALID_VALUE: must be "F" or "M"',
      "animals[1].cage UNKNOWN_KEY: is not a field of this document",
    ]);
  });

  test("the document itself is $", () => {
    expect(faultsOf(batch, null)).toEqual(["$ WRONG_TYPE: must be an object, and is null"]);
    expect(faultsOf(batch, undefined)).toEqual(["$ REQUIRED: is missing"]);
  });

  test("a list too short, a number out of range, a number that no double holds", () => {
    expect(faultsOf(batch, { animals: [] })).toEqual(["animals OUT_OF_RANGE: must have at least 1 item"]);
    expect(faultsOf(batch, { animals: [{ id: "a", sex: "F", weight: 0 }] })).toEqual([
      "animals[0].weight OUT_OF_RANGE: must be more than 0",
    ]);
    expect(faultsOf(batch, { animals: [{ id: "a", sex: "F", weight: Infinity }] })).toEqual([
      "animals[0].weight WRONG_TYPE: must be a number, and is a number too large to hold",
    ]);
  });

  test("of one or a list, the form that was meant is the one that is judged", () => {
    const oneOrMany = z.union([animal, z.array(animal)]);
    expect(faultsOf(oneOrMany, { id: "a", sex: "Q" })).toEqual(['sex INVALID_VALUE: must be "F" or "M"']);
    expect(
      faultsOf(oneOrMany, [
        { id: "a", sex: "F" },
        { id: "", sex: "F" },
      ]),
    ).toEqual(["[1].id OUT_OF_RANGE: must have at least 1 character"]);
    expect(faultsOf(oneOrMany, "a")).toEqual(["$ WRONG_TYPE: has none of the forms it may have"]);
  });

  test("the schema's own words come first", () => {
    expect(faultsOf(z.string("Type the tag"), 3)).toEqual(["$ WRONG_TYPE: Type the tag"]);
  });
});

test("paths are written as in a bundle", () => {
  expect(writePath(["protocols", 0, "doseLevels", 2])).toBe("protocols[0].doseLevels[2]");
  expect(writePath([3, "sex"])).toBe("[3].sex");
  expect(writePath([])).toBe("$");
});
