const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T09:00:00Z`;

const entry = (id: string, kind: string, observed: number, more: object, recorded = observed) => ({
  id,
  animal: "M1",
  kind,
  observedAt: at(observed),
  recordedAt: at(recorded),
  ...more,
});

const WEIGHT = entry("w", "weight", 5, { grams: 22 });

/** A study of one animal, to be imported and then tried to be changed. */
export const ONE_WEIGHT = {
  format: "dose-history/1",
  study: { code: "X", species: "mouse", timeZone: "UTC" },
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2] }],
  animals: [{ id: "M1", startingDose: 4, group: "G1" }],
  entries: [WEIGHT],
};

/** One row at least in every table that an import fills: a late result closes the event of a dose's history. */
export const EVERY_TABLE = {
  ...ONE_WEIGHT,
  entries: [
    WEIGHT,
    entry("d", "dose", 6, { amount: 4 }),
    entry("c", "cbc", 10, { neutrophils: 0.8 }),
    entry("l", "lft", 11, { alt: 40 }),
    entry("o", "observation", 9, { findings: [{ term: "RASH", grade: 4 }], signs: [{ text: "Red" }] }, 12),
    entry("q", "order", 13, { action: "WITHHOLD", reason: "Seen" }),
    entry("x", "disposition", 14, { outcome: "DIED" }),
  ],
};
