import { describe, expect, test } from "vitest";
import type { AnimalHistory, DeviationCode, RuleName } from "../../lib/domain/rules/history";
import {
  demonstrationAt,
  END,
  readDemonstration,
  replayed,
  tally,
  type JsonObject,
} from "../../test/demonstration/demonstration-replayed";

const document = demonstrationAt(END);
const bundle = readDemonstration(document);
const histories = replayed(bundle);

const historyOf = (tag: string): AnimalHistory => {
  const history = histories.get(tag);
  if (history === undefined) throw new Error(`No animal ${tag}`);
  return history;
};
const actionsOf = (tag: string): readonly string[] => historyOf(tag).events.map(({ action }) => action);
const withRule = (rule: RuleName): readonly string[] =>
  [...histories].filter(([, { events }]) => events.some(({ rules }) => rules.includes(rule))).map(([tag]) => tag);
const withDeviation = (code: DeviationCode): readonly string[] =>
  [...histories].filter(([, { deviations }]) => deviations.some((found) => found.code === code)).map(([tag]) => tag);
const documentsOf = (tag: string, kind?: string): readonly JsonObject[] =>
  document.entries.filter((entry) => entry["animal"] === tag && (kind === undefined || entry["kind"] === kind));

describe("the demonstration as a study", () => {
  test("animals in every state, some of them withheld now", () => {
    const counts = tally([...histories.values()].map(({ status }) => status));
    expect(counts).toEqual({ ON_DOSE: 37, WITHHELD: 6, DISCONTINUED: 2, OFF_STUDY: 2, NOT_STARTED: 1 });
  });

  test("the higher the dose, the more holds; controls have none", () => {
    const groups = new Map(document.animals.map(({ id, group }) => [String(id), String(group)]));
    const holds: Record<string, number> = { G1: 0, G2: 0, G3: 0, G4: 0, G5: 0 };
    for (const [tag, { events }] of histories) {
      const group = groups.get(tag) ?? "";
      holds[group] =
        (holds[group] ?? 0) + events.filter(({ rules }) => rules.some((rule) => rule.startsWith("NEUTROPENIA"))).length;
    }
    expect(holds["G1"]).toBe(0);
    expect(holds["G2"]).toBe(0);
    expect(holds["G3"]).toBeLessThan(holds["G4"] ?? 0);
    expect(holds["G4"]).toBeLessThan(holds["G5"] ?? 0);
    expect(documentsOf("M001", "dose").length).toBeGreaterThan(40);
  });

  test("most baselines meet no hold rule; one does, and was started with a reason", () => {
    expect(withDeviation("STARTED_WITH_TOXICITY")).toEqual(["M031"]);
    const firstDose = documentsOf("M031", "dose")[0];
    expect(firstDose?.["deviation"]).toEqual({ reason: expect.stringContaining("usual in this strain") as string });
    expect(historyOf("M031").status).toBe("WITHHELD");
  });

  test("holds end one level lower, again and again, down to the last level", () => {
    expect(actionsOf("M039")).toEqual([
      "START",
      "WITHHOLD",
      "RESUME",
      "WITHHOLD",
      "RESUME",
      "WITHHOLD",
      "RESUME",
      "DISCONTINUE",
    ]);
    expect(
      historyOf("M039")
        .events.filter(({ action }) => action === "RESUME")
        .map(({ toDose }) => toDose.toNumber()),
    ).toEqual([22.5, 15, 7.5]);
    expect(historyOf("M039").events.at(-1)?.rules).toContain("LOWEST_LEVEL");
    expect(
      [...histories.values()].filter(({ events }) => events.some(({ action }) => action === "RESUME")).length,
    ).toBeGreaterThanOrEqual(12);
  });

  test("febrile neutropenia, grade 4 neutropenia, thrombocytopenia", () => {
    expect(withRule("FEBRILE_NEUTROPENIA")).toEqual(["M042", "M047"]);
    expect(withRule("NEUTROPENIA_G4").length).toBeGreaterThanOrEqual(3);
    expect([...withRule("THROMBOCYTOPENIA_G3"), ...withRule("THROMBOCYTOPENIA_G4")]).toEqual(["M036"]);
  });

  test("a rash of grade 3 that resolves, and one that holds an animal now", () => {
    expect(actionsOf("M041")).toEqual(["START", "WITHHOLD", "RESUME"]);
    expect(historyOf("M041").events[1]?.toxicities).toEqual([{ term: "RASH", grade: 3 }]);
    expect(historyOf("M041").dose.toNumber()).toBe(27.5);
    expect(historyOf("M027").openToxicities).toEqual(["RASH"]);
  });

  test("a liver signal that recovers", () => {
    expect(historyOf("M025").events[1]?.toxicities).toEqual([{ term: "ALT_INCREASED", grade: 3 }]);
    expect(actionsOf("M025")).toEqual(["START", "WITHHOLD", "RESUME"]);
  });

  test("bullae discontinue for good, and the animal is followed up without a dose", () => {
    expect(withRule("SEVERE_DERMATOLOGIC")).toEqual(["M043"]);
    expect(historyOf("M043").status).toBe("DISCONTINUED");
    const discontinued = historyOf("M043").events.at(-1)?.at.ms ?? 0;
    const after = bundle.entries.filter(
      (entry) => entry.animal === "M043" && entry.kind !== "void" && entry.observedAt.ms > discontinued,
    );
    expect(after.length).toBeGreaterThan(20);
    expect(after.some(({ kind }) => kind === "dose")).toBe(false);
  });

  test("one animal found dead, one euthanized at the humane endpoint", () => {
    const outcomes = document.entries
      .filter(({ kind }) => kind === "disposition")
      .map(({ animal, outcome }) => [animal, outcome]);
    expect(outcomes).toEqual([
      ["M042", "DIED"],
      ["M045", "EUTHANIZED"],
    ]);
    expect(historyOf("M045").grades.some(({ term, grade }) => term === "WEIGHT_LOSS" && grade === 3)).toBe(true);
  });

  test("a weight loss of 15 to 20 % stands now", () => {
    const grams = documentsOf("M030", "weight").map((entry) => Number(entry["grams"]));
    const baseline = grams[1] ?? 0;
    const lost = 100 * (1 - (grams.at(-1) ?? 0) / baseline);
    expect(lost).toBeGreaterThan(15);
    expect(lost).toBeLessThan(20);
  });

  test("a late result: doses given before it was known are exposure, not a fault", () => {
    expect(withDeviation("EXPOSED_BEFORE_RESULT")).toEqual(["M034"]);
    const hold = historyOf("M034").events[1];
    const entry = bundle.entries.find(({ id }) => id === hold?.entry);
    expect((entry?.recordedAt.ms ?? 0) - (hold?.at.ms ?? 0)).toBeGreaterThan(3 * 86_400_000);
  });

  test("a correction with its reason takes a hold back that was in force for two days", () => {
    const correction = documentsOf("M021").find(({ corrects }) => corrects !== undefined);
    const slip = documentsOf("M021").find(({ id }) => id === correction?.["corrects"]);
    expect(correction?.["reason"]).toContain(Number(correction?.["neutrophils"]).toFixed(2));
    expect(Number(slip?.["neutrophils"])).toBeLessThan(0.5);
    expect(actionsOf("M021")).toEqual(["START"]);
    const before = replayed(bundle, String(slip?.["recordedAt"]));
    expect(before.get("M021")?.status).toBe("WITHHELD");
    const notDosed = documentsOf("M021", "dose").filter(({ amount }) => amount === 0);
    expect(notDosed).toHaveLength(2);
  });

  test("a void with its reason, and missing samples with theirs", () => {
    const voids = document.entries.filter(({ voids }) => voids !== undefined);
    expect(voids.map(({ animal }) => animal)).toEqual(["M014"]);
    expect(String(voids[0]?.["reason"])).not.toBe("");
    const missing = document.entries.filter(({ notDone }) => notDone !== undefined);
    expect(missing.map(({ animal, notDone }) => [animal, notDone])).toEqual([
      ["M006", { neutrophils: "INSUFFICIENT_SAMPLE", platelets: "INSUFFICIENT_SAMPLE" }],
      ["M011", { platelets: "CLOTTED" }],
    ]);
    expect(
      historyOf("M011").notEvaluable.some(
        ({ term, reason }) => term === "THROMBOCYTOPENIA" && reason === "NOT_REPORTED",
      ),
    ).toBe(true);
  });

  test("results below what the analyser can tell keep their sign", () => {
    const below = document.entries.filter(({ qualifiers }) => qualifiers !== undefined);
    expect(below.map(({ animal, bilirubin, qualifiers }) => [animal, bilirubin, qualifiers])).toContainEqual([
      "M003",
      0.1,
      { bilirubin: "<" },
    ]);
  });

  test("a dose given in a hold and a wrong dose, each with its reason", () => {
    expect(withDeviation("DOSED_WHILE_WITHHELD")).toEqual(["M046"]);
    expect(withDeviation("WRONG_DOSE")).toEqual(["M037"]);
    for (const tag of ["M046", "M037", "M031"]) {
      const explained = new Set(
        documentsOf(tag)
          .filter(({ deviation }) => deviation !== undefined)
          .map(({ id }) => id),
      );
      expect(historyOf(tag).deviations.map(({ entry }) => explained.has(entry))).toEqual([true]);
    }
  });

  test("a director's hold and the order that ends it", () => {
    const orders = historyOf("M020").events.filter(({ rules }) => rules.includes("DIRECTOR_ORDER"));
    expect(orders.map(({ action }) => action)).toEqual(["WITHHOLD", "RESUME"]);
  });

  test("one animal waits for its first dose with a complete baseline", () => {
    expect(historyOf("M018").status).toBe("NOT_STARTED");
    const kinds = new Set(documentsOf("M018").map(({ kind }) => kind));
    expect(kinds).toEqual(new Set(["observation", "weight", "cbc", "lft"]));
  });

  test("nobody dosed against what the screen said without a reason", () => {
    const explained = new Set(document.entries.filter(({ deviation }) => deviation !== undefined).map(({ id }) => id));
    const faults = [...histories.values()].flatMap(({ deviations }) =>
      deviations.filter(({ code }) => code !== "EXPOSED_BEFORE_RESULT"),
    );
    expect(faults.filter(({ entry }) => !explained.has(entry))).toEqual([]);
    expect(faults).toHaveLength(explained.size);
  });

  test("there is something to do today: samples of one room, and doses of both", () => {
    const today = document.entries.filter(
      ({ observedAt }) => typeof observedAt === "string" && observedAt.startsWith("2026-02-04"),
    );
    const animals = new Map(document.animals.map(({ id, room }) => [id, room]));
    expect(new Set(today.map(({ animal }) => animals.get(animal)))).toEqual(new Set(["1"]));
    expect(new Set(today.map(({ kind }) => kind))).toEqual(new Set(["observation", "weight"]));
    expect(today.length).toBeGreaterThan(40);
  });
});
