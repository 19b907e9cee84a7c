import { describe, expect, test } from "vitest";
import { spellingKey } from "../units/unit-sets";
import { ANALYTES, analytesOf } from "./analytes";
import { MEASURED_KINDS } from "./kinds";

describe("the catalogue of analytes", () => {
  test("names each field, label and SEND test code once", () => {
    for (const key of [
      (row: (typeof ANALYTES)[number]) => row.field,
      (row: (typeof ANALYTES)[number]) => row.label,
      (row: (typeof ANALYTES)[number]) => row.send.testCode,
    ]) {
      expect(new Set(ANALYTES.map(key)).size).toBe(ANALYTES.length);
    }
  });

  test("has the panel of the protocol's CBC with differential and chemistry", () => {
    expect(analytesOf("cbc").map(({ send }) => send.testCode)).toEqual(
      "NEUT PLAT WBC LYM HGB RBC HCT MCV MCH MCHC RETI RETIRBC MONO EOS BASO NEUTLE LYMLE MONOLE EOSLE BASOLE".split(
        " ",
      ),
    );
    expect(analytesOf("lft").map(({ send }) => send.testCode)).toEqual(
      "ALT AST BILI ALP GGT CREAT UREAN PROT ALB GLOBUL GLUC CHOL TRIG CA PHOS SODIUM K CL CK LDH".split(" "),
    );
  });

  test("has SEND test codes of at most eight letters and digits, and names of at most 40 characters", () => {
    for (const { send } of ANALYTES) {
      expect(send.testCode).toMatch(/^[A-Z][A-Z0-9]{0,7}$/u);
      expect(send.test.length).toBeLessThanOrEqual(40);
    }
  });

  test("puts what rules read first in each kind", () => {
    const rank = { dose: 0, laboratory: 1, none: 2 } as const;
    for (const kind of MEASURED_KINDS) {
      const ranks = analytesOf(kind).map(({ rules }) => rank[rules]);
      expect(ranks).toEqual(ranks.toSorted((one, other) => one - other));
    }
  });

  test("reads no spelling as two units of one analyte", () => {
    for (const { field, units } of ANALYTES) {
      const keys = units.flatMap(({ unit, spellings }) => [...new Set([unit, ...spellings].map(spellingKey))]);
      expect(new Set(keys).size, field).toBe(keys.length);
    }
  });

  test("has no factor that does not end as a decimal fraction of two whole or decimal numbers", () => {
    for (const { units } of ANALYTES) {
      for (const { numerator, denominator } of units) {
        expect(`${numerator}/${denominator}`).toMatch(/^[1-9]\d*(\.\d+)?\/[1-9]\d*$/u);
      }
    }
  });
});
