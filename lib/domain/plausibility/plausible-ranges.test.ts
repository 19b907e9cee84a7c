import { describe, expect, test } from "vitest";
import { Decimal } from "../decimal";
import { ANALYTES, type Analyte } from "../record/analytes";
import { canonicalUnit } from "../units/unit-factors";
import { assess, possibleRange, type Plausibility } from "./plausible-ranges";
import { speciesOf } from "./species";

const read = (
  species: string,
  field: Analyte,
  value: string,
  previous?: readonly [value: string, daysAgo: number],
): Plausibility =>
  assess({
    species,
    field,
    value: new Decimal(value),
    unit: canonicalUnit(field),
    ...(previous === undefined ? {} : { previous: { value: new Decimal(previous[0]), daysAgo: previous[1] } }),
  });

const messageOf = (plausibility: Plausibility): string =>
  plausibility.level === "fine" ? "" : `${plausibility.level}: ${plausibility.message}`;

describe("a value by itself", () => {
  test.each<[string, Analyte, string, Plausibility["level"]]>([
    ["mouse", "grams", "21.3", "fine"],
    ["mouse", "grams", "2.13", "unlikely"],
    ["mouse", "grams", "213", "impossible"],
    ["rat", "grams", "213", "fine"],
    ["rat", "grams", "21300", "impossible"],
    ["dog", "grams", "11600", "fine"],
    ["dog", "grams", "11.6", "impossible"],
    ["rabbit", "grams", "3200", "fine"],
    ["Cynomolgus monkey", "grams", "3400", "fine"],
    ["guinea pig", "grams", "400", "fine"],
    ["hamster", "grams", "120", "fine"],
    ["minipig", "grams", "12000", "fine"],
    ["ferret", "grams", "1200", "fine"],
    ["mouse", "neutrophils", "0", "fine"],
    ["mouse", "neutrophils", "0.03", "fine"],
    ["mouse", "neutrophils", "24", "unlikely"],
    ["mouse", "neutrophils", "500", "unlikely"],
    ["mouse", "neutrophils", "501", "impossible"],
    ["mouse", "platelets", "1400", "fine"],
    ["mouse", "platelets", "1.4", "unlikely"],
    ["dog", "platelets", "1400", "fine"],
    ["mouse", "alt", "40", "fine"],
    ["mouse", "alt", "900", "fine"],
    ["mouse", "alt", "9000", "unlikely"],
    ["mouse", "temperature", "37.2", "fine"],
    ["mouse", "temperature", "28.5", "unlikely"],
    ["mouse", "temperature", "14.9", "impossible"],
    ["rabbit", "temperature", "39.6", "fine"],
    ["dog", "temperature", "98.6", "impossible"],
    ["other", "temperature", "45", "fine"],
    ["other", "temperature", "45.1", "impossible"],
  ])("%s, %s %s: %s", (species, field, value, level) => {
    expect(read(species, field, value).level).toBe(level);
  });

  test("the message says what is taken, and what to check", () => {
    expect(messageOf(read("mouse", "grams", "213"))).toBe(
      "impossible: Body weight 213 g is not possible in a mouse (accepted: 0.5 to 200 g). Check the decimal point, the unit and the animal.",
    );
    expect(messageOf(read("mouse", "platelets", "1.4"))).toBe(
      "unlikely: 1.4 × 10⁹/L? 10 to 4000 × 10⁹/L is expected in a mouse. Check the report and enter the value again.",
    );
  });

  test("bilirubin is judged in the unit it has, and limits are told in it", () => {
    const inMicromoles = (value: string): Plausibility =>
      assess({ species: "mouse", field: "bilirubin", value: new Decimal(value), unit: "µmol/L" });
    expect(inMicromoles("17.1").level).toBe("fine");
    expect(messageOf(inMicromoles("400"))).toContain("0 to 171 µmol/L is expected in a mouse");
    expect(read("mouse", "bilirubin", "17.1").level).toBe("unlikely");
  });
});

describe("a value against the animal's last", () => {
  test.each<[Analyte, string, string, number, Plausibility["level"]]>([
    ["grams", "20.1", "21.3", 2, "fine"],
    ["grams", "17.1", "21.3", 3, "fine"],
    ["grams", "17.0", "21.3", 3, "unlikely"],
    ["grams", "26.0", "21.3", 3, "unlikely"],
    ["grams", "18.0", "21.3", 1, "unlikely"],
    ["grams", "18.2", "21.3", 1, "fine"],
    ["grams", "26.0", "21.3", 14, "fine"],
    ["grams", "33.0", "21.3", 14, "unlikely"],
    ["grams", "33.0", "21.3", 60, "fine"],
    ["neutrophils", "0.6", "2.4", 7, "fine"],
    ["neutrophils", "0.24", "2.4", 7, "unlikely"],
    ["neutrophils", "0", "2.4", 7, "unlikely"],
    ["neutrophils", "2.4", "0", 7, "fine"],
    ["platelets", "94", "940", 7, "unlikely"],
    ["platelets", "130", "940", 7, "fine"],
    ["alt", "380", "38", 28, "unlikely"],
    ["bilirubin", "0", "0.07", 28, "fine"],
    ["bilirubin", "0.6", "0.07", 28, "unlikely"],
    ["neutrophils", "0.02", "0.2", 7, "fine"],
    ["temperature", "38.9", "37.0", 1, "fine"],
    ["temperature", "33.9", "37.0", 1, "unlikely"],
    ["temperature", "33.9", "37.0", 5, "fine"],
  ])("%s %s after %s, %i days ago: %s", (field, value, last, days, level) => {
    expect(read("mouse", field, value, [last, days]).level).toBe(level);
  });

  test("the message quotes both values and when the last was", () => {
    expect(messageOf(read("mouse", "grams", "2.14", ["21.3", 2]))).toBe(
      "unlikely: 2.14 g? Last was 21.3 g, two days ago. Weigh again and enter the second reading.",
    );
    expect(messageOf(read("mouse", "grams", "17", ["21.3", 3]))).toBe(
      "unlikely: 17 g? Last was 21.3 g, three days ago (−20.2 %). Weigh again and enter the second reading.",
    );
    expect(messageOf(read("mouse", "neutrophils", "0.2", ["2.4", 14]))).toContain("Last was 2.4 × 10⁹/L, 14 days ago.");
    expect(messageOf(read("mouse", "temperature", "33", ["37", 0]))).toContain("Last was 37 °C, earlier today.");
    expect(messageOf(read("mouse", "temperature", "33", ["37", 1]))).toContain("yesterday");
  });

  test("what was typed is quoted as typed", () => {
    const plausibility = assess({
      species: "mouse",
      field: "grams",
      value: new Decimal("2.14"),
      unit: "g",
      typed: { text: "0.002140", unit: "kg" },
      previous: { value: new Decimal("21.3"), daysAgo: 2 },
    });
    expect(messageOf(plausibility)).toContain("0.002140 kg? Last was 21.3 g");
  });

  test("impossible comes before unlikely", () => {
    expect(read("mouse", "grams", "0.2", ["21.3", 2]).level).toBe("impossible");
  });
});

describe("the tables", () => {
  test("what is expected lies inside what is possible, for every species and field", () => {
    for (const row of ANALYTES) {
      const { field, expected } = row;
      for (const [species, range] of Object.entries(expected)) {
        const [least, most] = possibleRange(row, speciesOf(species));
        const [low, high] = range.map((limit) => new Decimal(limit));
        expect(low?.greaterThanOrEqualTo(least), `${species} ${field}`).toBe(true);
        expect(high?.lessThanOrEqualTo(most), `${species} ${field}`).toBe(true);
        expect(low?.lessThan(high ?? 0), `${species} ${field}`).toBe(true);
      }
    }
  });

  test.each([
    ["Mouse", "mouse"],
    ["MICE", "mouse"],
    ["rat", "rat"],
    ["Rattus norvegicus", "rat"],
    ["New Zealand White rabbit", "rabbit"],
    ["BEAGLE", "dog"],
    ["Cynomolgus", "monkey"],
    ["Macaca fascicularis", "monkey"],
    ["monkey", "monkey"],
    ["marmoset monkey", "other"],
    ["Guinea Pig", "guinea pig"],
    ["Göttingen minipig", "minipig"],
    ["ferret", "other"],
    ["", "other"],
  ])("%j uses the table of: %s", (text, species) => {
    expect(speciesOf(text)).toBe(species);
  });
});
