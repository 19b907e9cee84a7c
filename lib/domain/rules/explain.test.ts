import * as fc from "fast-check";
import { describe, expect, test, vi } from "vitest";

import { fractionOf } from "../../../test/oracle/fraction";
import { compareValue } from "../../../test/oracle/grades";
import { onlyAnimalOf, randomAnimal } from "../../../test/oracle/random-study.property";
import { histories } from "../../../test/oracle/run-count.property";
import { decisionSentence } from "../language/decision-sentence";
import { protocolInForce } from "../study/in-force";
import { keptEvent } from "./event-key";
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

const sentenceOf = ({ event, explanation }: ExplainedEvent): string => decisionSentence(keptEvent(event), explanation);

const sentences = (happenings: readonly Happening[], story?: Story): readonly string[] =>
  explained([...STARTED, ...happenings], story)
    .slice(1)
    .map(sentenceOf);

/** Compares again what a condition says that it compared, with numbers of another make. */
const compareAgain = ({ value, comparison, cutOff }: ConditionVerdict): boolean | null => {
  if (value === null || cutOff === null) return null;
  const beside = value.qualifier === "<" ? -1 : value.qualifier === ">" ? 1 : 0;
  const side = compareValue({ number: fractionOf(Number(value.value)), beside }, fractionOf(Number(cutOff.value)));
  switch (comparison) {
    case "below":
      return side < 0;
    case "atMost":
      return side <= 0;
    case "above":
      return side > 0;
    case "atLeast":
      return side >= 0;
    case "recorded":
      return null;
  }
};

const checkCondition = (condition: ConditionVerdict): void => {
  const again = compareAgain(condition);
  if (condition.verdict === "NOT_EVALUABLE") {
    expect(condition.missing).not.toBeNull();
    expect(again).toBeNull();
  } else {
    expect(condition.missing).toBeNull();
    if (condition.comparison !== "recorded") expect(again).toBe(condition.verdict === "MET");
  }
};

/** Of SEVERE_DERMATOLOGIC one condition is enough; of the others every one is needed. */
const fromConditions = ({ rule, conditions }: RuleVerdict): string => {
  const verdicts = conditions.map(({ verdict }) => verdict);
  const [deciding, other] =
    rule === "SEVERE_DERMATOLOGIC" ? (["MET", "NOT_MET"] as const) : (["NOT_MET", "MET"] as const);
  if (verdicts.includes(deciding)) return deciding;
  if (rule === "SEVERE_DERMATOLOGIC") return verdicts.includes(other) ? other : "NOT_EVALUABLE";
  return verdicts.includes("NOT_EVALUABLE") ? "NOT_EVALUABLE" : other;
};

const checkRules = ({ event, explanation }: ExplainedEvent): void => {
  const newlyHolding = explanation.met.filter(({ openSince }) => openSince === null);
  const cited = event.rules.filter((rule) => !["START", "RECOVERED", "DIRECTOR_ORDER", "DISPOSITION"].includes(rule));
  expect([...new Set(newlyHolding.map(({ rule }) => rule))].sort()).toEqual(cited);
  const terms = newlyHolding.map(({ term }) => term).filter((term) => term !== null);
  expect(terms.sort()).toEqual(event.toxicities.map(({ term }) => term));
  for (const row of [...explanation.met, ...explanation.unmet]) {
    row.conditions.forEach(checkCondition);
    if (row.conditions.length > 0) expect(row.verdict).toBe(fromConditions(row));
  }
  for (const { condition, closed, verdict } of explanation.recovery) {
    if (condition !== null) checkCondition(condition);
    expect(verdict === "MET").toBe(closed !== null);
  }
};

const checkSentence = (explained: ExplainedEvent): void => {
  const { event, explanation } = explained;
  const sentence = sentenceOf(explained);
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
      "Withheld on study day 8: neutrophils 0.8 × 10⁹/L, below 1.0 (grade 3, CTCAE v5.0, protocol version 1). Resumes at 3 mg/kg when neutrophils ≥ 1.0.",
    ]);
  });

  test("a value is told as it was measured, however close to the cut-off", () => {
    const [held] = sentences([cbc(12, { neutrophils: 0.99999 })]);
    expect(held).toContain("neutrophils 0.99999 × 10⁹/L, below 1.0");
    const percent = { basis: "percentOfBaseline", grade3Below: 33.333, recoverAt: 40 };
    const [ofBaseline] = sentences([cbc(12, { neutrophils: 0.66665 })], { protocols: [{ neutrophils: percent }] });
    expect(ofBaseline).toContain("neutrophils 0.66665 × 10⁹/L, below 33.333% of baseline (0.66666)");
  });

  test("a resumption tells what recovered, and the dose before the hold", () => {
    expect(sentences([cbc(12, { neutrophils: 0.8 }), cbc(19, { neutrophils: 1.2 })])[1]).toBe(
      "Resumed at 3 mg/kg on study day 15: neutrophils 1.2 × 10⁹/L (≥ 1.0). Dose before hold: 4 mg/kg.",
    );
  });

  test("a discontinuation tells that the ladder ends", () => {
    const [end] = sentences([weight(12, { grams: 16 })], { animal: { doseLevels: [4] } });
    expect(end).toContain(
      "Permanently discontinued on study day 8: body weight 16 g, 20% below baseline 20 g (grade 3: loss ≥ 20%,",
    );
    expect(end).toContain("No permitted dose below 4 mg/kg.");
  });

  test("a febrile neutropenia tells count and temperature, a finding only its name", () => {
    const fever = [observation(12, { temperature: 38.7 }, 8), cbc(12, { neutrophils: 0.9 })];
    expect(sentences(fever)[0]).toBe(
      "Withheld on study day 8: febrile neutropenia: neutrophils 0.9 × 10⁹/L (< 1.0) and temperature 38.7 °C (≥ 38.5) (grade 3) and neutrophils 0.9 × 10⁹/L, below 1.0 (grade 3); CTCAE v5.0, protocol version 1. Resumes at 3 mg/kg when neutrophils ≥ 1.0.",
    );
    expect(sentences([observation(12, { findings: [{ term: "RASH", grade: 3 }] })])[0]).toBe(
      "Withheld on study day 8: rash (grade 3, CTCAE v5.0, protocol version 1). Resumes at 3 mg/kg when rash is grade 2 or lower.",
    );
  });

  test("a liver value tells its multiple of the ULN, and the way back by order where the protocol says so", () => {
    expect(sentences([lft(12, { alt: 310 })], { protocols: [{ resumePolicy: "on-order" }] })[0]).toBe(
      "Withheld on study day 8: ALT 310 U/L, above 5 × ULN (300) (grade 3, CTCAE v5.0, protocol version 1). Resume at 3 mg/kg by order when ALT is grade 2 or lower.",
    );
  });

  test("orders, signs and the end tell what they do", () => {
    const told = sentences([
      order(12, { action: "WITHHOLD", reason: "dull" }),
      order(13, { action: "RESUME", dose: 3, reason: "well" }),
      order(14, { action: "SET_DOSE", dose: 2.5, reason: "less" }),
      observation(15, { skin: { bullae: true } }),
    ]);
    expect(told).toEqual([
      "Withheld by order on study day 8 (was 4 mg/kg). Only an order can resume dosing.",
      "Resumed at 3 mg/kg by order on study day 9.",
      "Dose changed by order on study day 10: 3 → 2.5 mg/kg.",
      "Permanently discontinued on study day 11: skin bullae (discontinuation criterion, protocol version 1).",
    ]);
  });
});

describe("the rows of an explanation", () => {
  const lastRows = (happenings: readonly Happening[], story?: Story): readonly RuleVerdict[] =>
    explained([...STARTED, ...happenings], story)
      .slice(-1)
      .flatMap(({ explanation: { met, unmet } }) => [...met, ...unmet]);
  const row = (rows: readonly RuleVerdict[], rule: string, term: string | null): RuleVerdict | undefined =>
    rows.find((candidate) => candidate.rule === rule && candidate.term === term);

  test("a toxicity that was open already held, and since when", () => {
    const rows = lastRows([
      cbc(12, { neutrophils: 0.8, platelets: 700 }),
      cbc(13, { neutrophils: 0.7, platelets: 40 }),
    ]);
    expect(row(rows, "NEUTROPENIA_G3", "NEUTROPENIA")).toMatchObject({ verdict: "MET", openSince: "e6" });
    expect(row(rows, "THROMBOCYTOPENIA_G3", "THROMBOCYTOPENIA")).toMatchObject({ verdict: "MET", openSince: null });
  });

  test("what an entry does not show cannot be told, and is never a no", () => {
    const rows = lastRows([lft(12, { alt: 400 })]);
    expect(row(rows, "NEUTROPENIA_G3", "NEUTROPENIA")?.verdict).toBe("NOT_EVALUABLE");
    expect(row(rows, "NON_HEMATOLOGIC_G3", "AST_INCREASED")?.verdict).toBe("NOT_EVALUABLE");
  });

  test("febrile neutropenia is looked for only where a count or a temperature is new", () => {
    const overridden = [
      cbc(12, { neutrophils: 0.8 }),
      observation(12, { temperature: 39 }, 10),
      order(12, { action: "RESUME", dose: 3, reason: "benefit" }, 11),
      weight(12, { grams: 15 }, 12),
    ];
    const rows = lastRows(overridden);
    expect(row(rows, "FEBRILE_NEUTROPENIA", "FEBRILE_NEUTROPENIA")?.verdict).toBe("NOT_EVALUABLE");
    expect(row(rows, "NON_HEMATOLOGIC_G3", "WEIGHT_LOSS")?.verdict).toBe("MET");
  });

  test("a grade 4 finding is beyond the row of grade 3, and the row's condition says so", () => {
    const rows = lastRows([observation(12, { findings: [{ term: "DIARRHEA", grade: 4 }] })]);
    expect(row(rows, "NON_HEMATOLOGIC_G4", "DIARRHEA")?.verdict).toBe("MET");
    const milder = row(rows, "NON_HEMATOLOGIC_G3", "DIARRHEA");
    expect(milder?.verdict).toBe("NOT_MET");
    expect(milder?.conditions.some(({ verdict }) => verdict === "NOT_MET")).toBe(true);
  });
});
