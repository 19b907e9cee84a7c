import { describe, expect, test } from "vitest";
import { PROTOCOL_DEFAULTS } from "../study/defaults";
import { readProtocol } from "./read-protocol";
import { protocolDocument } from "./write-protocol";

const read = (document: unknown) => {
  const protocol = readProtocol(document, "");
  if (!protocol.ok) throw new Error(`${protocol.fault.path} ${protocol.fault.message}`);
  return protocol.value;
};

describe("a protocol written out", () => {
  test("holds every default, so that nothing depends on the defaults of the day it is read", () => {
    const written = protocolDocument(read({ version: 1, doseUnit: "mg/kg", doseLevels: [1, 2] }));
    expect(written).toMatchObject({ ...PROTOCOL_DEFAULTS, version: 1, effectiveFrom: null, doseLevels: [2, 1] });
    expect(written.referenceRanges.alt).toEqual({ lower: null, upper: null, unit: null });
  });

  test.each([
    { version: 1, doseUnit: "mg/kg", doseLevels: [0.3, 0.1] },
    {
      version: 3,
      doseUnit: "mg/kg",
      doseLevels: [4, 3],
      febrileWindowHours: 36.5,
      neutrophils: { basis: "percentOfBaseline", grade3Below: 50, recoverAt: 60 },
      platelets: { grade4Below: 20 },
      otherRecoverGrade: 1,
      resumePolicy: "on-order",
      discontinueFindings: [{ term: "RASH", grade: 3 }],
      laboratoryTerms: { ALP_INCREASED: "hold", ANEMIA: "grade" },
      referenceRanges: {
        alt: { upper: 60 },
        neutrophils: { lower: 1.2 },
        bilirubin: { upper: 0.9, unit: "mg/dL" },
        creatinine: { upper: 0.6 },
        hemoglobin: { lower: 12 },
      },
    },
  ])("is read as the same protocol again", (document) => {
    const once = protocolDocument(read(document));
    const again = protocolDocument(read(JSON.parse(JSON.stringify(once))));
    expect(again).toEqual(once);
    expect(once.doseLevels).toEqual(document.doseLevels);
  });
});
