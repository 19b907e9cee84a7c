import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Decimal } from "../decimal";
import { ANALYTES, type Analyte } from "../record/analytes";
import { acceptedUnits, canonicalUnit, convert, toCanonical, unitAsWritten } from "./unit-factors";

const converted = (field: Analyte, text: string, unit: string, canonical?: string): string => {
  const result = toCanonical(field, text, unit, canonical);
  return result.ok ? result.value.value.toFixed() : result.fault.code;
};

describe("typed value and unit become the canonical decimal", () => {
  test.each<[Analyte, string, string, string]>([
    ["grams", "21.30", "g", "21.3"],
    ["grams", "11.6", "kg", "11600"],
    ["grams", "0.0213", "KG", "21.3"],
    ["neutrophils", "7.50", "10⁹/L", "7.5"],
    ["neutrophils", "7.50", "10^9/L", "7.5"],
    ["neutrophils", "7.50", "10*9/L", "7.5"],
    ["neutrophils", "7.50", "× 10^9 / L", "7.5"],
    ["neutrophils", "7.50", "x10^9/L", "7.5"],
    ["neutrophils", "7.50", "10³/µL", "7.5"],
    ["neutrophils", "7.50", "10^3/uL", "7.5"],
    ["neutrophils", "7.50", "K/µL", "7.5"],
    ["neutrophils", "7.50", "K/\u03bcL", "7.5"],
    ["neutrophils", "7.50", "k/ul", "7.5"],
    ["neutrophils", "999", "cells/µL", "0.999"],
    ["neutrophils", "999", "/mm³", "0.999"],
    ["neutrophils", "1000", "/mm3", "1"],
    ["platelets", "49999", "cells/uL", "49.999"],
    ...[
      "10E9/L x10E9/L G/L GI/L Giga/L /nL 1/nL 10^6/mL 10*3/uL 10E3/uL E3/uL x10^3/uL 10^3/mm3 10^3/mm^3 K/mcL K/cumm",
      "K/mm3 thou/uL Thou/mcL ths/uL",
    ].flatMap((spellings) =>
      spellings.split(" ").map((unit): [Analyte, string, string, string] => ["platelets", "850", unit, "850"]),
    ),
    ["wbc", "4210", "/cumm", "4.21"],
    ["wbc", "4210", "cells/mcL", "4.21"],
    ..."10^12/L 10E12/L T/L TI/L Tera/L /pL 10^6/uL 10E6/uL E6/uL 10^6/mm3 M/uL M/mcL Mill/mcL mil/uL"
      .split(" ")
      .map((unit): [Analyte, string, string, string] => ["rbc", "8.21", unit, "8.21"]),
    ["hematocrit", "0.42", "L/L", "42"],
    ["neutrophilsPercent", "0.333", "ratio", "33.3"],
    ["mcv", "52.1", "µm³", "52.1"],
    ["mch", "1", "fmol", "16.1145"],
    ["creatinine", "100", "µmol/L", "1.1312"],
    ["creatinine", "0.05", "mg%", "0.05"],
    ["glucose", "5.5", "mmol/L", "99.088"],
    ["ureaNitrogen", "7", "mmol/L", "19.6098"],
    ["cholesterol", "2", "mmol/L", "77.33"],
    ["triglycerides", "1", "mmol/L", "88.543"],
    ["calcium", "2.5", "mmol/L", "10.0195"],
    ["calcium", "5", "mEq/L", "10.0195"],
    ["phosphate", "2", "mmol/L", "6.1948"],
    ["sodium", "145", "mEq/L", "145"],
    ["albumin", "38", "g/L", "3.8"],
    ["creatineKinase", "2000", "nkat/L", "120"],
    ["platelets", "850", "K/µL", "850"],
    ["wbc", "4210", "/mm³", "4.21"],
    ["lymphocytes", "0.00", "10⁹/L", "0"],
    ["alt", "55", "U/L", "55"],
    ["alt", "55", "iu/l", "55"],
    ["alt", "0.91", "µkat/L", "54.6"],
    ["ast", "1", "ukat/L", "60"],
    ["alp", "2.5", "\u03bckat/L", "150"],
    ["ggt", "4", "U/L", "4"],
    ["hemoglobin", "15.2", "g/dL", "15.2"],
    ["hemoglobin", "152", "g/L", "15.2"],
    ["hemoglobin", "1", "mmol/L", "1.61145"],
    ["hemoglobin", "9.4", "mmol/L", "15.14763"],
    ["bilirubin", "0.4", "mg/dL", "0.4"],
    ["bilirubin", "17.1", "µmol/L", "0.9997686"],
    ["temperature", "38.5", "°C", "38.5"],
    ["temperature", "38.5", "℃", "38.5"],
    ["temperature", "101.3", "°F", "38.5"],
    ["temperature", "98.6", "F", "37"],
    ["temperature", "32", "°F", "0"],
    ["temperature", "100", "°F", "37.7777777777778"],
  ])("%s %s %s is %s", (field, text, unit, value) => {
    expect(converted(field, text, unit)).toBe(value);
  });

  test("bilirubin arrives in the unit of the study's reference range", () => {
    expect(converted("bilirubin", "1", "mg/dL", "µmol/L")).toBe("17.1039578558478");
    expect(converted("bilirubin", "17.1", "umol/L", "µmol/L")).toBe("17.1");
    expect(converted("bilirubin", "584.66", "umol/L", "mg/dL")).toBe("34.18273156");
  });

  test("one degree of fever is told from none at the exact edge", () => {
    const below = toCanonical("temperature", "101.29", "°F");
    expect(below.ok && below.value.value.lessThan("38.5")).toBe(true);
  });

  test.each<[Analyte, string]>([
    ["neutrophils", "mg/dL"],
    ["neutrophils", "L"],
    ["alt", "µ/L"],
    ["grams", ""],
    ["grams", "lb"],
    ["temperature", "K"],
    ["hemoglobin", "mg/dL"],
  ])("%s in %j is refused, naming what is accepted", (field, unit) => {
    const result = toCanonical(field, "1", unit);
    expect(result.ok ? "" : result.fault.code).toBe("UNKNOWN_UNIT");
    for (const accepted of acceptedUnits(field)) expect(result.ok ? "" : result.fault.message).toContain(accepted);
  });

  test("a fault of the number comes before one of the unit", () => {
    expect(converted("grams", "7,5", "lb")).toBe("DECIMAL_COMMA");
  });
});

describe("the table of units", () => {
  test("the canonical units of what rules read are those of the format", () => {
    const read = ANALYTES.filter(({ rules }) => rules !== "none");
    expect(Object.fromEntries(read.map(({ field }) => [field, canonicalUnit(field)]))).toEqual({
      grams: "g",
      neutrophils: "10⁹/L",
      platelets: "10⁹/L",
      wbc: "10⁹/L",
      lymphocytes: "10⁹/L",
      hemoglobin: "g/dL",
      alt: "U/L",
      ast: "U/L",
      bilirubin: "mg/dL",
      alp: "U/L",
      ggt: "U/L",
      creatinine: "mg/dL",
      temperature: "°C",
    });
  });

  test("spellings of one unit are written in one way", () => {
    expect(unitAsWritten("platelets", "10^3/uL")).toBe("10³/µL");
    expect(unitAsWritten("temperature", "f")).toBe("°F");
    expect(unitAsWritten("platelets", "g/L")).toBeNull();
  });

  test("converting there and back gives the value again, to the digits of a device", () => {
    const fields = fc.constantFrom(...ANALYTES.map(({ field }) => field));
    fc.assert(
      fc.property(fields, fc.nat(), fc.nat({ max: 9_999_999 }), fc.nat({ max: 4 }), (field, pick, digits, decimals) => {
        const units = acceptedUnits(field);
        const unit = units[pick % units.length] ?? canonicalUnit(field);
        const value = new Decimal(digits).dividedBy(new Decimal(10).pow(decimals));
        const there = convert(field, value, unit, canonicalUnit(field));
        const back = there === null ? null : convert(field, there, canonicalUnit(field), unit);
        expect(back?.toDecimalPlaces(5).toFixed()).toBe(value.toFixed());
      }),
    );
  });

  test("a typed value is never changed when it is already in the canonical unit", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 999_999_999_999_999 }), (digits) => {
        const text = new Decimal(digits).dividedBy(1_000_000).toFixed();
        expect(converted("neutrophils", text, "10⁹/L")).toBe(text);
      }),
    );
  });
});
