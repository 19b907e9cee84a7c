import { describe, expect, test } from "vitest";
import {
  csvCell,
  deviationsByEvent,
  DOSE_MODIFICATION_COLUMNS,
  looksLikeFormula,
  type DoseModificationRow,
} from "./dose-modification-row";

const withheld: DoseModificationRow = {
  study: "POM-001",
  animal: "M013",
  group: "3",
  sequence: 2,
  studyDay: 8,
  observedAt: "2026-01-12T08:20:00+00:00",
  recordedAt: "2026-01-12T11:05:00.000+00:00",
  lateBy: "71 h",
  action: "WITHHOLD",
  fromDose: "10",
  toDose: "0",
  doseUnit: "mg/kg",
  rules: ["NEUTROPENIA_G3", "FEBRILE_NEUTROPENIA"],
  triggers: [
    { term: "NEUTROPENIA", value: "0.6", unit: "10⁹/L", cutOff: "< 1.0", baseline: null, grade: 3 },
    { term: "FEBRILE_NEUTROPENIA", value: "38.9", unit: "°C", cutOff: "≥ 38.5", baseline: null, grade: 3 },
  ],
  ctcaeVersion: "5.0",
  protocolVersion: 1,
  ruleSet: "2026-1",
  entry: "e7",
  recordedBy: "tech@demo.local",
  inForceFrom: "2026-01-12T11:05:00.000+00:00",
  inForceUntil: null,
  deviations: [
    { entry: "e9", code: "EXPOSED_BEFORE_RESULT" },
    { entry: "e10", code: "DOSED_WHILE_WITHHELD" },
  ],
  signatures: [],
  unsigned: null,
};

const line = (row: DoseModificationRow): Readonly<Record<string, string>> =>
  Object.fromEntries(DOSE_MODIFICATION_COLUMNS.map((column) => [column.key, csvCell(column, row)]));

describe("the columns of the dose-modification history", () => {
  test("one event is one line, with two values where two toxicities opened", () => {
    expect(line(withheld)).toEqual({
      study: "POM-001",
      animal: "M013",
      group: "3",
      sequence: "2",
      study_day: "8",
      observed_at: "2026-01-12T08:20:00+00:00",
      recorded_at: "2026-01-12T11:05:00.000+00:00",
      late_by: "71 h",
      action: "WITHHOLD",
      from_dose: "10",
      to_dose: "0",
      dose_unit: "mg/kg",
      rules: "NEUTROPENIA_G3; FEBRILE_NEUTROPENIA",
      trigger_terms: "NEUTROPENIA; FEBRILE_NEUTROPENIA",
      trigger_values: "0.6; 38.9",
      trigger_units: "10⁹/L; °C",
      cut_offs: "< 1.0; ≥ 38.5",
      baselines: "",
      grades: "3; 3",
      ctcae_version: "5.0",
      protocol_version: "1",
      rule_set: "2026-1",
      entry: "e7",
      recorded_by: "tech@demo.local",
      in_force_from: "2026-01-12T11:05:00.000+00:00",
      in_force_until: "",
      deviations: "EXPOSED_BEFORE_RESULT e9; DOSED_WHILE_WITHHELD e10",
      signed_by: "",
      signed_at: "",
      signature_meaning: "",
      signature: "",
    });
  });

  test("a signature says name, instant and meaning, and what broke it; what has none says why", () => {
    const at = "2026-01-12T12:00:00.000Z";
    const signature = { by: "Ines Okafor", at, meaning: "Ordered earlier; confirmed now", brokenBy: null };
    const signed = { ...withheld, signatures: [signature, { ...signature, brokenBy: "e11" }] };
    expect(line(signed)).toMatchObject({
      signed_by: "Ines Okafor; Ines Okafor",
      signed_at: `${at}; ${at}`,
      signature_meaning: "Ordered earlier, confirmed now; Ordered earlier, confirmed now",
      signature: "holds; broken by e11",
    });
    const altered = { ...withheld, signatures: [{ ...signature, brokenBy: "" }] };
    expect(line(altered)["signature"]).toBe("broken: its content was altered");
    expect(line({ ...withheld, unsigned: "to be signed" })["signature"]).toBe("to be signed");
  });

  test("what is missing is empty, and never the word null", () => {
    const bare = line({ ...withheld, group: null, studyDay: null, recordedBy: null, triggers: [], deviations: [] });
    expect(Object.values(bare).filter((cell) => /null|undefined/u.test(cell))).toEqual([]);
    expect(bare["study_day"]).toBe("");
    expect(bare["trigger_values"]).toBe("");
  });

  test("keys and headers are each once", () => {
    expect(new Set(DOSE_MODIFICATION_COLUMNS.map(({ key }) => key)).size).toBe(DOSE_MODIFICATION_COLUMNS.length);
    expect(new Set(DOSE_MODIFICATION_COLUMNS.map(({ header }) => header)).size).toBe(DOSE_MODIFICATION_COLUMNS.length);
  });

  test("a text that looks like a formula is escaped in CSV, a negative number is not", () => {
    const row = { ...withheld, studyDay: -1, animal: "=HYPERLINK(1)", group: "-A", recordedBy: "@x" };
    expect(line(row)).toMatchObject({ study_day: "-1", animal: "'=HYPERLINK(1)", group: "'-A", recorded_by: "'@x" });
  });

  test.each(["=1", "+1", "-1", "@a", "\ta", "\ra"])("%j looks like a formula", (cell) => {
    expect(looksLikeFormula(cell)).toBe(true);
  });

  test.each(["M013", "< 1.0", "0.6; 38.9", "", " =1", "−1"])("%j does not", (cell) => {
    expect(looksLikeFormula(cell)).toBe(false);
  });
});

describe("deviations of doses, by the event in force when they were given", () => {
  const order = ["w1", "d1", "d2", "c1", "d3", "d4", "c2", "d5"];

  test("a dose belongs to the last event at or before it; the first dose to its own START", () => {
    const byEvent = deviationsByEvent(
      order,
      ["d1", "c1", "c2"],
      [
        { entry: "d1", code: "BASELINE_INCOMPLETE" },
        { entry: "d1", code: "STARTED_WITH_TOXICITY" },
        { entry: "d3", code: "EXPOSED_BEFORE_RESULT" },
        { entry: "d4", code: "DOSED_WHILE_WITHHELD" },
        { entry: "d5", code: "WRONG_DOSE" },
      ],
    );
    expect(Object.fromEntries([...byEvent].map(([entry, found]) => [entry, found.map(({ code }) => code)]))).toEqual({
      d1: ["BASELINE_INCOMPLETE", "STARTED_WITH_TOXICITY"],
      c1: ["EXPOSED_BEFORE_RESULT", "DOSED_WHILE_WITHHELD"],
      c2: ["WRONG_DOSE"],
    });
  });

  test("events without deviations have an empty list", () => {
    expect(deviationsByEvent(order, ["d1", "c1"], [])).toEqual(
      new Map([
        ["d1", []],
        ["c1", []],
      ]),
    );
  });
});
