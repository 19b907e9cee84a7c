import { describe, expect, test, vi } from "vitest";

import { casesIn } from "../../../test/cases/shared-files.property";
import {
  cbc,
  decisionsOf,
  historyOf,
  observation,
  STARTED,
  studyOf,
  type Happening,
  type Story,
} from "../../../test/oracle/tell-history";
import { readBundle } from "../record/read-bundle";
import { parseInstant } from "../time/instant";
import { compileRules } from "./compile-rules";
import { explainEvents } from "./explain";
import { RULE_SET_2026_1 } from "./sets/2026-1";
import type { RuleRow, RuleSet } from "./sets/rule-set";
import { historyDocument, replayBundle } from "./write-history";

/** The table that judges in this file: that of the rule set, or one with a changed cell. */
const judging = vi.hoisted(() => ({ rules: null as unknown }));
vi.mock("./sets/rule-sets", () => ({ rulesOf: () => judging.rules }));

const judgedBy = <Value>(set: RuleSet, judge: () => Value): Value => {
  judging.rules = compileRules(set);
  return judge();
};

type Case = { readonly asKnownAt: string | null; readonly bundle: unknown; readonly expected: unknown };

const CASES = ["", "not-done", "laboratory", "edges"].flatMap(casesIn).map(({ name, text }) => {
  const { asKnownAt, bundle, expected } = JSON.parse(text) as Case;
  const read = readBundle(bundle);
  if (!read.ok) throw new Error(`${name} is not valid`);
  return { bundle: read.value, asKnownAtMs: asKnownAt === null ? undefined : parseInstant(asKnownAt)?.ms, expected };
});

/** Whether every case comes out as expected; a table that the interpreter cannot read gives no history. */
const agreesWithCases = (): boolean =>
  CASES.every(({ bundle, asKnownAtMs, expected }) => {
    try {
      const animals = [...replayBundle(bundle, asKnownAtMs)].map(([tag, history]) => [tag, historyDocument(history)]);
      const told = JSON.parse(JSON.stringify({ format: "dose-history/1", animals: Object.fromEntries(animals) }));
      return JSON.stringify(told) === JSON.stringify(expected);
    } catch {
      return false;
    }
  });

/** A case of this file: worked out by hand from dose-rules, for cells that no shared case depends on. */
type OwnCase = {
  readonly why: string;
  readonly happenings: readonly Happening[];
  readonly story?: Story;
  readonly decisions: readonly string[];
};

/** The source's "1 mg less" as 2, so that it differs from the next lower level: 2 and 3 below a dose of 4. */
const LESS_TWO = { restartDecrement: 2 };
const RECOVER_LATE = {
  neutrophils: { basis: "absolute", recoverAt: 1.8 },
  platelets: { basis: "absolute", recoverAt: 80 },
};
const diarrhea = (grade: number): Happening => ({ findings: [{ term: "DIARRHEA", grade }] });

const OWN_CASES: readonly OwnCase[] = [
  {
    why: "Table 1, grade 3: neutrophils of 1.2 are grade 2 but not yet 1.8, and platelets say nothing of them",
    happenings: [cbc(12, { neutrophils: 0.8, platelets: 700 }), cbc(15, { neutrophils: 1.2, platelets: 700 })],
    story: { protocols: [RECOVER_LATE] },
    decisions: ["WITHHOLD 4→0 NEUTROPENIA_G3"],
  },
  {
    why: "Table 1, grade 4: the same",
    happenings: [cbc(12, { neutrophils: 0.4, platelets: 700 }), cbc(15, { neutrophils: 1.2, platelets: 700 })],
    story: { protocols: [RECOVER_LATE] },
    decisions: ["WITHHOLD 4→0 NEUTROPENIA_G4"],
  },
  {
    why: "Table 1, grade 4: resume at the next lower level, whatever the decrement",
    happenings: [cbc(12, { neutrophils: 0.4, platelets: 700 }), cbc(19, { neutrophils: 2, platelets: 700 })],
    story: { protocols: [LESS_TWO] },
    decisions: ["WITHHOLD 4→0 NEUTROPENIA_G4", "RESUME 0→3 RECOVERED"],
  },
  {
    why: "Table 1, febrile neutropenia: the next lower level too, so that both toxicities of the hold give 3",
    happenings: [
      cbc(12, { neutrophils: 0.8, platelets: 700 }),
      observation(13, { temperature: 39 }, 8),
      cbc(19, { neutrophils: 2, platelets: 700 }),
    ],
    story: { protocols: [LESS_TWO] },
    decisions: ["WITHHOLD 4→0 NEUTROPENIA_G3", "REMAIN_WITHHELD 0→0 FEBRILE_NEUTROPENIA", "RESUME 0→3 RECOVERED"],
  },
  {
    why: "Table 2, grade 3: platelets of 76 are grade 1 but not yet 80",
    happenings: [cbc(12, { neutrophils: 2, platelets: 40 }), cbc(15, { neutrophils: 2, platelets: 76 })],
    story: { protocols: [RECOVER_LATE] },
    decisions: ["WITHHOLD 4→0 THROMBOCYTOPENIA_G3"],
  },
  {
    why: "Table 2, grade 3: resume at the next lower level",
    happenings: [cbc(12, { neutrophils: 2, platelets: 40 }), cbc(19, { neutrophils: 2, platelets: 90 })],
    story: { protocols: [LESS_TWO] },
    decisions: ["WITHHOLD 4→0 THROMBOCYTOPENIA_G3", "RESUME 0→3 RECOVERED"],
  },
  {
    why: "Table 2, grade 4: below 25; neutrophils of 2 say nothing of platelets, and 76 are not yet 80",
    happenings: [cbc(12, { neutrophils: 2, platelets: 20 }), cbc(15, { neutrophils: 2, platelets: 76 })],
    story: { protocols: [RECOVER_LATE] },
    decisions: ["WITHHOLD 4→0 THROMBOCYTOPENIA_G4"],
  },
  {
    why: "Table 2, grade 4: resume at the next lower level",
    happenings: [cbc(12, { neutrophils: 2, platelets: 20 }), cbc(19, { neutrophils: 2, platelets: 90 })],
    story: { protocols: [LESS_TWO] },
    decisions: ["WITHHOLD 4→0 THROMBOCYTOPENIA_G4", "RESUME 0→3 RECOVERED"],
  },
  {
    why: "A finding of grade 4 that is not listed withholds, and normal counts say nothing of it",
    happenings: [observation(12, diarrhea(4)), cbc(15, { neutrophils: 2, platelets: 900 })],
    decisions: ["WITHHOLD 4→0 NON_HEMATOLOGIC_G4"],
  },
  {
    why: "It recovers at grade 2, and resumes at the dose less the decrement",
    happenings: [observation(12, diarrhea(4)), observation(19, diarrhea(2))],
    story: { protocols: [LESS_TWO] },
    decisions: ["WITHHOLD 4→0 NON_HEMATOLOGIC_G4", "RESUME 0→2 RECOVERED"],
  },
];

const decisionsOfCase = ({ happenings, story }: OwnCase): readonly string[] =>
  decisionsOf(historyOf([...STARTED, ...happenings], story));

const agreesWithOwnCases = (): boolean =>
  OWN_CASES.every((own) => JSON.stringify(decisionsOfCase(own)) === JSON.stringify(own.decisions));

type Change = { readonly cell: string; readonly set: RuleSet };

/** Cells as they could be written: the types of the table allow only what belongs together. */
type Cells = { readonly when: object; readonly action: string; readonly recovered?: object; readonly restart?: object };

const WHEN: Readonly<Record<string, readonly unknown[]>> = {
  terms: [["NEUTROPENIA"], ["THROMBOCYTOPENIA"], "ANY_OTHER"],
  grade: [3, 4],
  below: ["grade3Below", "grade4Below"],
  grade4Below: ["grade4Below", "grade3Below"],
  atLeast: ["feverCelsius", "doseTolerancePercent"],
  within: ["febrileWindowMs", "version"],
  signs: [["exfoliation", "bullae"], ["exfoliation"], ["bullae"]],
  findings: ["discontinueFindings", "laboratoryTerms"],
};
const ACTIONS = ["WITHHOLD", "DISCONTINUE"];
const RECOVERED = [
  { kind: "count", measurement: "neutrophils", atLeast: "recoverAt" },
  { kind: "count", measurement: "platelets", atLeast: "recoverAt" },
  { kind: "grade", atMost: "otherRecoverGrade" },
  { kind: "never" },
];
const RESTARTS = [{ kind: "next-lower-level" }, { kind: "reduced", by: "restartDecrement" }];

const others = <Value>(values: readonly Value[], own: unknown): readonly Value[] =>
  values.filter((value) => JSON.stringify(value) !== JSON.stringify(own));

const changesOfRow = (row: RuleRow): readonly { readonly name: string; readonly changed: object }[] => {
  const cells = row as Cells;
  const next = others(
    RULE_SET_2026_1.rows.map(({ rule }) => rule),
    row.rule,
  )[0];
  const changed = (
    name: string,
    value: unknown,
    part: object,
  ): { readonly name: string; readonly changed: object } => ({
    name: `${row.rule}, ${name}: ${JSON.stringify(value)}`,
    changed: { ...row, ...part },
  });
  return [
    changed("rule", next, { rule: next }),
    ...Object.entries(cells.when).flatMap(([key, own]) =>
      others(WHEN[key] ?? [own], own).map((value) =>
        changed(`when ${key}`, value, { when: { ...cells.when, [key]: value } }),
      ),
    ),
    ...others(ACTIONS, cells.action).map((action) => changed("action", action, { action })),
    ...(cells.recovered === undefined
      ? []
      : others(RECOVERED, cells.recovered).map((recovered) => changed("recovered", recovered, { recovered }))),
    ...(cells.restart === undefined
      ? []
      : others(RESTARTS, cells.restart).map((restart) => changed("restart", restart, { restart }))),
  ];
};

const CHANGES: readonly Change[] = RULE_SET_2026_1.rows.flatMap((row, index) =>
  changesOfRow(row).map(({ name, changed }) => ({
    cell: name,
    set: { ...RULE_SET_2026_1, rows: RULE_SET_2026_1.rows.with(index, changed as RuleRow) },
  })),
);

describe("decision table", () => {
  test("gives the expected history of every case as it is", () => {
    expect(judgedBy(RULE_SET_2026_1, agreesWithCases)).toBe(true);
    for (const own of OWN_CASES)
      expect(
        judgedBy(RULE_SET_2026_1, () => decisionsOfCase(own)),
        own.why,
      ).toEqual(own.decisions);
  });

  test("names the place in the source that each row comes from", () => {
    const { protocols, animals, entries } = studyOf([
      ...STARTED,
      cbc(12, { neutrophils: 0.8, platelets: 40 }),
      observation(13, diarrhea(4)),
    ]);
    const told = judgedBy(RULE_SET_2026_1, () =>
      animals.flatMap((animal) => explainEvents(protocols, animal, entries, { timeZone: "UTC" })),
    );
    const sources = told
      .flatMap(({ explanation: { met, unmet } }) => [...met, ...unmet])
      .map(({ rule, source }) => [rule, source]);
    // The source text: Table 1 has three rows, Table 2 two; LOWEST_LEVEL is the label's.
    expect(Object.fromEntries(sources)).toEqual({
      NEUTROPENIA_G3: "TABLE_1_GRADE_3",
      NEUTROPENIA_G4: "TABLE_1_GRADE_4",
      FEBRILE_NEUTROPENIA: "TABLE_1_FEBRILE_NEUTROPENIA",
      THROMBOCYTOPENIA_G3: "TABLE_2_GRADE_3",
      THROMBOCYTOPENIA_G4: "TABLE_2_GRADE_4",
      NON_HEMATOLOGIC_G3: "NON_HEMATOLOGIC_GRADE_3",
      NON_HEMATOLOGIC_G4: "NON_HEMATOLOGIC_GRADE_4",
      SEVERE_DERMATOLOGIC: "NON_HEMATOLOGIC_DERMATOLOGIC",
      LOWEST_LEVEL: "LABEL_LOWEST_LEVEL",
    });
  });

  test.each(CHANGES)("gives another history of some case when a cell is changed: $cell", ({ set }) => {
    expect(judgedBy(set, () => agreesWithCases() && agreesWithOwnCases())).toBe(false);
  });
});
