import { describe, expect, test } from "vitest";
import { readEntry } from "../record/read-entry";
import type { LogEntry } from "../record/log-entry";
import { compareKnown, type KnownSide } from "./compare-known";

const entry = (fields: Readonly<Record<string, unknown>>): LogEntry => {
  const read = readEntry({ animal: "M1", observedAt: "2026-01-05T09:00:00Z", ...fields }, "", false);
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return read.value;
};

const at = (day: number): string => `2026-01-${String(day).padStart(2, "0")}T12:00:00Z`;
const ms = (day: number): number => Date.parse(at(day));

const dose = entry({ id: "d", kind: "dose", amount: 4, recordedAt: at(5) });
const count = entry({ id: "c", kind: "cbc", neutrophils: 0.8, recordedAt: at(6) });
const corrected = entry({
  id: "c2",
  kind: "cbc",
  neutrophils: 1.8,
  corrects: "c",
  reason: "read wrongly",
  recordedAt: at(9),
});
const voided: LogEntry = entry({ id: "v", kind: "void", voids: "c2", reason: "other animal", recordedAt: at(11) });
const weight = entry({ id: "w", kind: "weight", grams: 21, recordedAt: at(10) });
const LOG = [dose, count, corrected, weight, voided];

const decision = (id: string, action: "START" | "WITHHOLD", recordedMs: number, untilMs: number | null) => ({
  entry: id,
  observedMs: Date.parse("2026-01-05T09:00:00Z"),
  action,
  rules: [],
  fromDose: "0",
  toDose: action === "START" ? "4" : "0",
  toxicities: [],
  recordedMs,
  untilMs,
});
type Kept = ReturnType<typeof decision>;
const start = decision("d", "START", ms(5), null);
const hold = decision("c", "WITHHOLD", ms(6), ms(9));
const onDose = (decisions: readonly Kept[]): KnownSide<Kept> => ({
  status: "ON_DOSE",
  dose: "4",
  openToxicities: [],
  decisions,
});
const held: KnownSide<Kept> = {
  status: "WITHHELD",
  dose: "0",
  openToxicities: ["NEUTROPENIA"],
  decisions: [start, hold],
};

describe("between two instants", () => {
  test("a decision that no longer stands is told with the correction that took it away", () => {
    const { decisions, records } = compareKnown({
      log: LOG,
      fromMs: ms(8),
      toMs: ms(10),
      before: held,
      after: onDose([start]),
    });
    expect(decisions).toEqual([{ observedMs: hold.observedMs, then: hold, now: null, through: ["c2"] }]);
    expect(records.map(({ id, then, now }) => [id, then?.id ?? null, now?.id ?? null])).toEqual([
      ["c", "c", "c2"],
      ["w", null, "w"],
    ]);
  });

  test("the instant before an entry and the instant of it tell what that entry changed", () => {
    const { decisions, records } = compareKnown({
      log: LOG,
      fromMs: ms(6) - 1,
      toMs: ms(6),
      before: onDose([start]),
      after: held,
    });
    expect(decisions.map(({ then, now, through }) => [then, now?.entry, through])).toEqual([[null, "c", ["c"]]]);
    expect(records.map(({ id, learnt }) => [id, learnt.map((one) => one.id)])).toEqual([["c", ["c"]]]);
  });

  test("a void leaves its record with nothing that stands", () => {
    const { records } = compareKnown({
      log: LOG,
      fromMs: ms(10),
      toMs: ms(12),
      before: onDose([start]),
      after: onDose([start]),
    });
    expect(records.map(({ id, then, now }) => [id, then?.id, now])).toEqual([["c", "c2", null]]);
  });

  test("another version that leads to the same decision changes none", () => {
    const again = { ...hold, entry: "c2", recordedMs: ms(9), untilMs: null };
    const { decisions } = compareKnown({
      log: LOG,
      fromMs: ms(8),
      toMs: ms(10),
      before: held,
      after: { ...held, decisions: [start, again] },
    });
    expect(decisions).toEqual([]);
  });

  test("nothing learnt, nothing changed", () => {
    const same = compareKnown({ log: LOG, fromMs: ms(7), toMs: ms(8), before: held, after: held });
    expect([same.decisions, same.records]).toEqual([[], []]);
  });
});
