import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import { fractionOf } from "../../../test/oracle/fraction";
import { compareValue } from "../../../test/oracle/grades";
import { onlyAnimalOf, randomAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { protocolInForce } from "../study/in-force";
import { explainEvents } from "./explain";
import type { ConditionVerdict, ExplainedEvent, RuleVerdict } from "./explanation";
import { replayAnimal } from "./replay";
import {
  cbc,
  lft,
  observation,
  order,
  STARTED,
  studyOf,
  weight,
  type Happening,
  type Story,
} from "../../../test/oracle/tell-history";

vi.setConfig({ testTimeout: 300_000 });

const explained = (happenings: readonly Happening[], story?: Story): readonly ExplainedEvent[] => {
  const { protocols, animals, entries, study } = studyOf(happenings, story);
  const [animal] = animals;
  return animal === undefined ? [] : explainEvents(protocols, animal, entries, { timeZone: study.timeZone });
};

const sentences = (happenings: readonly Happening[], story?: Story): readonly string[] =>
  explained([...STARTED, ...happenings], story)
    .slice(1)
    .map(({ sentence }) => sentence);

/** Compares again what a condition says that it compared, with numbers of another make. */
const compareAgain = ({ value, comparison, cutOff }: ConditionVerdict): boolean | null => {
  if (value === null || cutOff === null) return null;
  const beside = value.qualifier === "<" ? -1 : value.qualifier === ">" ? 1 : 0;
  const side = compareValue({ number: fractionOf(Number(value.value)), beside }, fractionOf(Number(cutOff.value)));
  switch (comparison) {
    case "below":
      return side < 0;
    case "at most":
      return side <= 0;
    case "above":
      return side > 0;
    case "at least":
      return side >= 0;
    case "recorded":
      return null;
  }
};

const checkCondition = (condition: ConditionVerdict): void => {
  const again = compareAgain(condition);
  if (condition.verdict === "CANNOT_BE_TOLD") {
    expect(condition.missing).not.toBeNull();
    expect(again).toBeNull();
  } else {
    expect(condition.missing).toBeNull();
    if (condition.comparison !== "recorded") expect(again).toBe(condition.verdict === "HOLDS");
  }
};

/** Of SEVERE_DERMATOLOGIC one condition is enough; of the others every one is needed. */
const fromConditions = ({ rule, conditions }: RuleVerdict): string => {
  const verdicts = conditions.map(({ verdict }) => verdict);
  const [deciding, other] =
    rule === "SEVERE_DERMATOLOGIC" ? (["HOLDS", "DOES_NOT_HOLD"] as const) : (["DOES_NOT_HOLD", "HOLDS"] as const);
  if (verdicts.includes(deciding)) return deciding;
  if (rule === "SEVERE_DERMATOLOGIC") return verdicts.includes(other) ? other : "CANNOT_BE_TOLD";
  return verdicts.includes("CANNOT_BE_TOLD") ? "CANNOT_BE_TOLD" : other;
};

const checkRules = ({ event, explanation }: ExplainedEvent): void => {
  const newlyHolding = explanation.rules.filter(({ verdict, openSince }) => verdict === "HOLDS" && openSince === null);
  const cited = event.rules.filter((rule) => !["START", "RECOVERED", "DIRECTOR_ORDER", "DISPOSITION"].includes(rule));
  expect([...new Set(newlyHolding.map(({ rule }) => rule))].sort()).toEqual(cited);
  const terms = newlyHolding.map(({ term }) => term).filter((term) => term !== null);
  expect(terms.sort()).toEqual(event.toxicities.map(({ term }) => term));
  for (const row of explanation.rules) {
    row.conditions.forEach(checkCondition);
    if (row.conditions.length > 0) expect(row.verdict).toBe(fromConditions(row));
  }
  for (const { condition } of explanation.recovery) checkCondition(condition);
};

const checkSentence = ({ event, sentence, explanation }: ExplainedEvent): void => {
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object|\?|  |e[-+]\d/u);
  expect(sentence).toMatch(/^[A-Z].*\.$/u);
  if (["START", "RESUME", "RESUME_PROPOSED", "SET_DOSE"].includes(event.action))
    expect(sentence).toMatch(
      explanation.doseUnit === "" ? /\./u : new RegExp(`${event.toDose.toFixed().replace(".", "\\.")} |vehicle`, "u"),
    );
  for (const { grade } of event.rules.includes("SEVERE_DERMATOLOGIC") ? [] : event.toxicities)
    expect(sentence).toContain(`grade ${String(grade)}`);
};

test("the rules an event cites are those whose rows held and that had nothing open, with true comparisons", () => {
  fc.assert(
    fc.property(randomAnimal(40), (bundle) => {
      const { protocols, animal, log } = onlyAnimalOf(bundle);
      const { history } = replayAnimal(protocols, animal, log);
      const told = explainEvents(protocols, animal, log, { timeZone: "Europe/London" });
      expect(told.map(({ event }) => event)).toEqual(history.events);
      for (const one of told) {
        expect(one.explanation.protocolVersion).toBe(protocolInForce(protocols, one.event.at.ms).version);
        checkRules(one);
        checkSentence(one);
      }
    }),
    histories(1500),
  );
});

test("an explanation as known then is that of the history as known then", () => {
  fc.assert(
    fc.property(randomAnimal(30), fc.nat(), (bundle, pick) => {
      const { protocols, animal, log } = onlyAnimalOf(bundle);
      const asKnownAtMs = log[pick % Math.max(log.length, 1)]?.recordedAt.ms ?? 0;
      const told = explainEvents(protocols, animal, log, { asKnownAtMs, timeZone: "UTC" });
      expect(told.map(({ event }) => event)).toEqual(replayAnimal(protocols, animal, log, asKnownAtMs).history.events);
    }),
    histories(300),
  );
});

describe("sentences for people", () => {
  test("a hold tells the day, the value, the cut-off, the grade and the way back", () => {
    expect(sentences([cbc(12, { neutrophils: 0.8, platelets: 700 })])).toEqual([
      "Withheld on study day 8: neutrophils 0.8 × 10⁹/L, below 1.0 (grade 3, CTCAE v5.0, protocol version 1). Resumes at 3 mg/kg when neutrophils are 1.0 or more.",
    ]);
  });

  test("a value is told as it was measured, however close to the cut-off", () => {
    const [held] = sentences([cbc(12, { neutrophils: 0.99999 })]);
    expect(held).toContain("neutrophils 0.99999 × 10⁹/L, below 1.0");
    const percent = { basis: "percentOfBaseline", grade3Below: 33.333, recoverAt: 40 };
    const [ofBaseline] = sentences([cbc(12, { neutrophils: 0.66665 })], { protocols: [{ neutrophils: percent }] });
    expect(ofBaseline).toContain("neutrophils 0.66665 × 10⁹/L, below 0.66666");
  });

  test("a resumption tells what recovered, and the dose before the hold", () => {
    expect(sentences([cbc(12, { neutrophils: 0.8 }), cbc(19, { neutrophils: 1.2 })])[1]).toBe(
      "Resumed on study day 15 at 3 mg/kg: neutrophils 1.2 × 10⁹/L, 1.0 or more. Before the hold it was 4 mg/kg.",
    );
  });

  test("a discontinuation tells that the ladder ends", () => {
    const [end] = sentences([weight(12, { grams: 16 })], { animal: { doseLevels: [4] } });
    expect(end).toContain("Discontinued for good on study day 8: body weight 16 g, 16 or less");
    expect(end).toContain("The ladder has no permitted dose below 4 mg/kg.");
  });
});

describe("the rows of an explanation", () => {
  const lastRows = (happenings: readonly Happening[], story?: Story): readonly RuleVerdict[] =>
    explained([...STARTED, ...happenings], story).at(-1)?.explanation.rules ?? [];
  const row = (rows: readonly RuleVerdict[], rule: string, term: string | null): RuleVerdict | undefined =>
    rows.find((candidate) => candidate.rule === rule && candidate.term === term);

  test("a toxicity that was open already held, and since when", () => {
    const rows = lastRows([
      cbc(12, { neutrophils: 0.8, platelets: 700 }),
      cbc(13, { neutrophils: 0.7, platelets: 40 }),
    ]);
    expect(row(rows, "NEUTROPENIA_G3", "NEUTROPENIA")).toMatchObject({ verdict: "HOLDS", openSince: "e6" });
    expect(row(rows, "THROMBOCYTOPENIA_G3", "THROMBOCYTOPENIA")).toMatchObject({ verdict: "HOLDS", openSince: null });
  });

  test("what an entry does not show cannot be told, and is never a no", () => {
    const rows = lastRows([lft(12, { alt: 400 })]);
    expect(row(rows, "NEUTROPENIA_G3", "NEUTROPENIA")?.verdict).toBe("CANNOT_BE_TOLD");
    expect(row(rows, "NON_HEMATOLOGIC_G3", "AST_INCREASED")?.verdict).toBe("CANNOT_BE_TOLD");
  });

  test("febrile neutropenia is looked for only where a count or a temperature is new", () => {
    const overridden = [
      cbc(12, { neutrophils: 0.8 }),
      observation(12, { temperature: 39 }, 10),
      order(12, { action: "RESUME", dose: 3, reason: "benefit" }, 11),
      weight(12, { grams: 15 }, 12),
    ];
    const rows = lastRows(overridden);
    expect(row(rows, "FEBRILE_NEUTROPENIA", "FEBRILE_NEUTROPENIA")?.verdict).toBe("CANNOT_BE_TOLD");
    expect(row(rows, "NON_HEMATOLOGIC_G3", "WEIGHT_LOSS")?.verdict).toBe("HOLDS");
  });

  test("a grade 4 finding is beyond the row of grade 3, and the row's condition says so", () => {
    const rows = lastRows([observation(12, { findings: [{ term: "DIARRHEA", grade: 4 }] })]);
    expect(row(rows, "NON_HEMATOLOGIC_G4", "DIARRHEA")?.verdict).toBe("HOLDS");
    const milder = row(rows, "NON_HEMATOLOGIC_G3", "DIARRHEA");
    expect(milder?.verdict).toBe("DOES_NOT_HOLD");
    expect(milder?.conditions.some(({ verdict }) => verdict === "DOES_NOT_HOLD")).toBe(true);
  });
});
