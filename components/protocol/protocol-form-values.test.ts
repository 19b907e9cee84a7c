import { expect, test } from "vitest";
import { RANGED_MEASUREMENTS } from "@/lib/domain/grading/criteria";
import { formValuesOf, protocolDocumentOf } from "./protocol-form-values";

test("a new form has every ranged analyte with its unit, and no laboratory term", () => {
  const { document } = protocolDocumentOf(formValuesOf(null, null), null);
  expect(Object.keys(document.referenceRanges ?? {})).toEqual(RANGED_MEASUREMENTS);
  expect(document.referenceRanges).toMatchObject({
    hemoglobin: { lower: null, upper: null, unit: "g/dL" },
    creatinine: { lower: null, upper: null, unit: "mg/dL" },
    wbc: { lower: null, upper: null, unit: "10⁹/L" },
  });
  expect(document.laboratoryTerms).toEqual({});
});

test("laboratory terms and limits are those chosen and typed", () => {
  const values = formValuesOf(null, null);
  values.laboratoryTerms.ALP_INCREASED = "hold";
  values.laboratoryTerms.ANEMIA = "grade";
  values.referenceRanges.alp.upper = "150";
  const { document, faults } = protocolDocumentOf(values, null);
  expect(faults.filter(({ path }) => !path.startsWith("groups"))).toEqual([]);
  expect(document).toMatchObject({
    laboratoryTerms: { ALP_INCREASED: "hold", ANEMIA: "grade" },
    referenceRanges: { alp: { lower: null, upper: 150, unit: "U/L" } },
  });
});
