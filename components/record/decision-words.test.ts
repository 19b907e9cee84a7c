import { describe, expect, test } from "vitest";
import type { RecordingAnswer } from "@/lib/contracts/entries/answer";
import { consequenceOf, deviationWords, gradesOfFields, type Before } from "./decision-words";

const BEFORE: Before = {
  tag: "M013",
  status: "ON_DOSE",
  dose: "10",
  control: false,
  startingDose: "10",
  doseUnit: "mg/kg",
};

type Events = RecordingAnswer["animals"][string]["events"];
type Event = Events[number];

const event = (action: Event["action"], fromDose: number, toDose: number): Event => ({
  at: "2026-02-04T09:41:00Z",
  entry: "e1",
  action,
  rules: [],
  fromDose,
  toDose,
  toxicities: [],
  sentence: `The engine's sentence on ${action}.`,
});

const answer = (events: Events, superseded: Events = []): RecordingAnswer => ({
  entries: [],
  animals: { M013: { status: "ON_DOSE", dose: 10, openToxicities: [], events, superseded, impact: null } },
});

const sentence = (events: Events, before: Partial<Before> = {}, superseded: Events = []): string =>
  consequenceOf("cbc", { ...BEFORE, ...before }, answer(events, superseded)).sentence;

describe("what saving would do, in a sentence", () => {
  test.each<[string, Partial<Before>, Event, string]>([
    ["a hold", {}, event("WITHHOLD", 10, 0), "This withholds M013, now on 10 mg/kg."],
    [
      "one more toxicity",
      { status: "WITHHELD", dose: "0" },
      event("REMAIN_WITHHELD", 0, 0),
      "M013 stays withheld: one more toxicity.",
    ],
    ["a resumption", { status: "WITHHELD", dose: "0" }, event("RESUME", 0, 7.5), "This resumes M013 at 7.5 mg/kg."],
    [
      "a proposal",
      { status: "WITHHELD", dose: "0" },
      event("RESUME_PROPOSED", 0, 7.5),
      "This proposes to the study director to resume M013 at 7.5 mg/kg. It stays withheld until then.",
    ],
    ["an end", {}, event("DISCONTINUE", 10, 0), "This discontinues M013 for good, now on 10 mg/kg."],
    [
      "the end of a withheld one",
      { status: "WITHHELD", dose: "0" },
      event("DISCONTINUE", 0, 0),
      "This discontinues M013 for good.",
    ],
    ["a start", { status: "NOT_STARTED", dose: "0" }, event("START", 0, 10), "This starts M013 at 10 mg/kg."],
    [
      "a control's start",
      { status: "NOT_STARTED", control: true },
      event("START", 0, 0),
      "This starts M013 as a control, on vehicle.",
    ],
    ["another dose", {}, event("SET_DOSE", 10, 5), "This sets M013 from 10 to 5 mg/kg."],
    ["leaving", {}, event("OFF_STUDY", 10, 0), "This takes M013 off study, for good."],
  ])("%s", (_, before, decided, said) => {
    expect(sentence([decided], before)).toBe(said);
  });

  test.each<[Partial<Before>, string]>([
    [{}, "Changes no dose: M013 stays on 10 mg/kg."],
    [{ control: true, dose: "0" }, "Changes no dose: M013 stays on vehicle."],
    [{ status: "WITHHELD" }, "Changes no dose: M013 stays withheld."],
    [{ status: "NOT_STARTED" }, "Changes no dose: M013 has not been dosed yet."],
    [{ status: "DISCONTINUED" }, "Changes no dose: M013 stays discontinued."],
  ])("nothing decided of %j", (before, said) => {
    expect(sentence([], before)).toBe(said);
  });

  test("an order without effect says so", () => {
    expect(consequenceOf("order", { ...BEFORE, status: "NOT_STARTED" }, answer([])).sentence).toMatch(
      /^Has no effect in the present state/u,
    );
  });

  test("a late entry says that decisions of before no longer stand", () => {
    const late = consequenceOf("cbc", BEFORE, answer([event("WITHHOLD", 10, 0)], [event("RESUME", 0, 7.5)]));
    expect(late.details[0]).toContain("one decision of before no longer stands");
    expect(sentence([], {}, [event("WITHHOLD", 10, 0), event("RESUME", 0, 7.5)])).toContain(
      "2 decisions of before no longer stand.",
    );
  });

  test("the last decision speaks, all of them are listed", () => {
    const both = consequenceOf("observation", BEFORE, answer([event("WITHHOLD", 10, 0), event("DISCONTINUE", 0, 0)]));
    expect(both).toMatchObject({ tone: "stopped", sentence: "This discontinues M013 for good, now on 10 mg/kg." });
    expect(both.details).toHaveLength(2);
  });
});

describe("grades and deviations in words", () => {
  const entry = {
    id: "e1",
    recordedAt: "2026-02-04T09:41:00.000Z",
    grades: [
      { entry: "e1", term: "NEUTROPENIA", grade: 3 },
      { entry: "e1", term: "RASH", grade: 2 },
    ],
    notEvaluable: [
      { entry: "e1", term: "THROMBOCYTOPENIA", reason: "NO_REFERENCE_RANGE" as const },
      { entry: "e1", term: "ALT_INCREASED", reason: "NOT_REPORTED" as const },
    ],
    deviations: [],
    warnings: [],
  };

  test("a grade belongs to its field; what cannot be graded says why, what was not reported needs no word", () => {
    const grades = gradesOfFields(entry);
    expect(grades.get("neutrophils")).toEqual({ grade: 3, words: "grade 3 neutropenia" });
    expect(grades.get("platelets")?.words).toContain("no reference range");
    expect(grades.has("alt")).toBe(false);
  });

  test("a deviation names what it is", () => {
    expect(deviationWords("DOSED_WHILE_WITHHELD", BEFORE)).toBe("M013 is withheld");
    expect(deviationWords("WRONG_DOSE", BEFORE)).toBe("the amount is not the dose in force, 10 mg/kg");
    expect(deviationWords("WRONG_DOSE", { ...BEFORE, status: "NOT_STARTED", dose: "0", startingDose: "20" })).toContain(
      "20 mg/kg",
    );
    expect(deviationWords("DOSED_AFTER_DISCONTINUATION", { ...BEFORE, status: "OFF_STUDY" })).toBe("M013 is off study");
  });
});
