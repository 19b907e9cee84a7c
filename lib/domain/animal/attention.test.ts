import { describe, expect, test } from "vitest";
import { compareAttention, concernsOf, sectionOf, type Now, type Standing } from "./attention";

const DAY = 86_400_000;
const NOW: Now = { ms: Date.UTC(2026, 1, 4, 9, 40), timeZone: "Europe/London" };

const animal = (tag: string, standing: Partial<Standing> = {}): Standing => ({
  tag,
  status: "ON_DOSE",
  control: false,
  weightAlarm: null,
  lastDecision: null,
  hold: null,
  lastFault: null,
  lastExposure: null,
  highestGrade: 0,
  weightPercent: null,
  ...standing,
});

const withheld = (tag: string, days: number, more: Partial<Standing> = {}): Standing =>
  animal(tag, {
    status: "WITHHELD",
    hold: { sinceMs: NOW.ms - days * DAY, byOrder: false },
    lastDecision: { action: "WITHHOLD", observedMs: NOW.ms - days * DAY, recordedMs: NOW.ms - days * DAY },
    ...more,
  });

const order = (standings: readonly Standing[]): readonly string[] =>
  standings
    .map((standing) => ({ standing, concerns: concernsOf(standing, NOW) }))
    .sort(compareAttention)
    .map(({ standing }) => standing.tag);

describe("what needs attention", () => {
  test("weight comes before every dose rule, whatever the dose status", () => {
    expect(concernsOf(animal("M1", { weightAlarm: "humane-endpoint" }), NOW)).toEqual(["humane-endpoint"]);
    expect(concernsOf(withheld("M1", 40, { weightAlarm: "warning" }), NOW)).toEqual(["weight-warning", "long-hold"]);
    expect(concernsOf(animal("M1", { control: true, weightAlarm: "warning" }), NOW)).toEqual(["weight-warning"]);
  });

  test("a hold is new for three days, then quiet, and asks for a decision from 28 days on", () => {
    const at = (days: number) => concernsOf(withheld("M1", days), NOW);
    expect(at(0)).toEqual(["newly-withheld"]);
    expect(at(3)).toEqual(["newly-withheld"]);
    expect(at(4)).toEqual([]);
    expect(at(27)).toEqual([]);
    expect(at(28)).toEqual(["long-hold"]);
  });

  test("what was learnt late is new from when it was learnt", () => {
    const lastDecision = { action: "DISCONTINUE", observedMs: NOW.ms - 20 * DAY, recordedMs: NOW.ms - DAY } as const;
    expect(concernsOf(animal("M1", { status: "DISCONTINUED", lastDecision }), NOW)).toEqual(["newly-discontinued"]);
  });

  test("a proposed resume waits for an order, unless an order holds the animal", () => {
    const lastDecision = { action: "RESUME_PROPOSED", observedMs: NOW.ms, recordedMs: NOW.ms } as const;
    expect(concernsOf(withheld("M1", 9, { lastDecision }), NOW)).toEqual(["resume-proposed"]);
    const byOrder = { sinceMs: NOW.ms - 9 * DAY, byOrder: true };
    expect(concernsOf(withheld("M1", 9, { lastDecision, hold: byOrder }), NOW)).not.toContain("resume-proposed");
  });

  test("faults and exposures of the last week, faults first", () => {
    const deviation = (days: number) => ({ entry: "e", code: "WRONG_DOSE" as const, observedMs: NOW.ms - days * DAY });
    expect(concernsOf(animal("M1", { lastFault: deviation(7), lastExposure: deviation(1) }), NOW)).toEqual([
      "dose-fault",
      "exposure",
    ]);
    expect(concernsOf(animal("M1", { lastFault: deviation(8) }), NOW)).toEqual([]);
  });

  test("an animal that left the study asks for nothing", () => {
    expect(concernsOf(animal("M1", { status: "OFF_STUDY", weightAlarm: "humane-endpoint" }), NOW)).toEqual([]);
  });
});

describe("the order of a board", () => {
  test("concerns by urgency, holds from the longest, doses from the highest grade, then controls, then those that ended", () => {
    const shuffled = [
      animal("off", { status: "OFF_STUDY" }),
      animal("control", { control: true }),
      animal("quiet"),
      animal("stopped", { status: "DISCONTINUED" }),
      animal("grade2", { highestGrade: 2 }),
      animal("thin", { weightPercent: -9 }),
      withheld("held10", 10),
      withheld("held20", 20),
      withheld("held30", 30),
      withheld("new", 1),
      animal("warned", { weightAlarm: "warning" }),
      animal("endpoint", { weightAlarm: "humane-endpoint" }),
      animal("waiting-to-start", { status: "NOT_STARTED" }),
    ];
    expect(order(shuffled)).toEqual([
      "endpoint",
      "warned",
      "held30",
      "new",
      "held20",
      "held10",
      "grade2",
      "thin",
      "quiet",
      "waiting-to-start",
      "control",
      "stopped",
      "off",
    ]);
  });

  test("an animal stands in one section", () => {
    expect(sectionOf(withheld("M1", 10), [])).toBe("withheld");
    expect(sectionOf(animal("M1", { control: true, status: "NOT_STARTED" }), [])).toBe("control");
    expect(sectionOf(animal("M1"), ["exposure"])).toBe("attention");
  });
});
