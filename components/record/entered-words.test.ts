import { describe, expect, test } from "vitest";
import { enteredWords } from "./entered-words";
import { NORMAL, SIGN_CATEGORIES } from "./entry-values";
import { typed, valuesWith } from "@/test/pages/sheet-of-one";

const normal = SIGN_CATEGORIES.map((category) => ({ category, text: NORMAL, severity: "" }));

describe("what was entered, in a line", () => {
  test("values with their units as typed, qualifiers, and what was not done", () => {
    expect(enteredWords("weight", valuesWith({ grams: typed("21.40") }), null)).toBe("21.40 g");
    const counts = valuesWith({
      neutrophils: typed("0.2", { unit: "10⁹/L", qualifier: "<" }),
      platelets: typed("", { notDone: "CLOTTED" }),
    });
    expect(enteredWords("cbc", counts, null)).toBe("neutrophils < 0.2 × 10⁹/L, platelets not done (clotted)");
    const clotted = { notDone: "CLOTTED" };
    const none = {
      neutrophils: typed("", clotted),
      platelets: typed("", clotted),
      wbc: typed("", clotted),
      lymphocytes: typed("", clotted),
      hemoglobin: typed("", clotted),
    };
    expect(enteredWords("cbc", valuesWith(none), null)).toBe("not done (clotted)");
    expect(enteredWords("lft", valuesWith({ alt: typed("45", { unit: "U/L" }) }), null)).toBe("ALT 45 U/L");
  });

  test("findings first, signs, and what was normal", () => {
    expect(enteredWords("observation", valuesWith({ signs: normal, noFindings: true }), null)).toBe(
      "all five normal, no findings",
    );
    const signs = normal.map((sign) =>
      sign.category === "Posture" ? { ...sign, text: "Hunched", severity: "mild" } : sign,
    );
    expect(
      enteredWords("observation", valuesWith({ signs, findings: [{ term: "EDEMA_LIMBS", grade: 2 }] }), null),
    ).toBe("swollen limbs grade 2, posture: hunched (mild), appetite, activity, grooming, skin normal");
  });

  test("doses, orders and dispositions", () => {
    expect(enteredWords("dose", valuesWith({ amount: { text: "10" } }), "mg/kg")).toBe("10 mg/kg");
    expect(enteredWords("order", valuesWith({ action: "RESUME", dose: "7.5" }), "mg/kg")).toBe("Resume 7.5 mg/kg");
    expect(enteredWords("order", valuesWith({ action: "WITHHOLD", dose: "7.5" }), "mg/kg")).toBe("Withhold");
    expect(enteredWords("disposition", valuesWith({ outcome: "DIED" }), null)).toBe("Found dead");
  });
});
