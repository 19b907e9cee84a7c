import { expect, test } from "vitest";
import { atInstant } from "./known-at-address";
import { fieldText, instantWords, readInstants, readKnownAt } from "./known-at";
import { daySteps, knowledgeSteps } from "./known-at-steps";

const NOW_MS = Date.UTC(2026, 11, 1);
const at = (text: string) => readKnownAt({ asKnownAt: text }, "Europe/London", NOW_MS).atMs;

test("an instant with its offset, or a time on the study's clock", () => {
  expect(at("2026-07-03T16:30:00+02:00")).toBe(Date.UTC(2026, 6, 3, 14, 30));
  expect(at("2026-07-03T16:30:00 02:00")).toBe(Date.UTC(2026, 6, 3, 14, 30));
  expect(at("2026-07-03T16:30")).toBe(Date.UTC(2026, 6, 3, 15, 30));
  expect(at("2026-07-03T16:30:09")).toBe(Date.UTC(2026, 6, 3, 15, 30, 9));
  expect(at("2026-07-03T16:30:09.04")).toBe(Date.UTC(2026, 6, 3, 15, 30, 9, 40));
  expect(at("2026-10-25T01:30")).toBe(Date.UTC(2026, 9, 25, 1, 30));
});

test("absent is now, and what is no time is said with the way out", () => {
  expect(readKnownAt({}, "UTC", NOW_MS)).toEqual({ atMs: null, text: null, fault: null });
  for (const asKnownAt of ["yesterday", "2026-02-30T10:00", "2026-02-03T10:00:75"]) {
    expect(readKnownAt({ asKnownAt }, "UTC", NOW_MS)).toMatchObject({
      atMs: null,
      text: null,
      fault: expect.stringContaining(`“${asKnownAt}”`),
    });
  }
});

test("what a field holds reads as the same instant, also one within a minute", () => {
  for (const ms of [
    Date.UTC(2026, 6, 3, 14, 30),
    Date.UTC(2026, 6, 3, 14, 30, 7),
    Date.UTC(2026, 6, 3, 14, 30, 7, 123),
  ])
    expect(at(fieldText(ms, "Europe/London"))).toBe(ms);
  expect(instantWords(Date.UTC(2026, 2, 3, 8, 35), "Asia/Kolkata")).toBe("3 Mar 2026, 14:05 Asia/Kolkata");
  expect(instantWords(Date.UTC(2026, 2, 3, 8, 35, 9, 50), "Asia/Kolkata")).toBe(
    "3 Mar 2026, 14:05:09.050 Asia/Kolkata",
  );
});

test("an address keeps the instant before its anchor; now adds nothing", () => {
  expect(atInstant("/a#b", null)).toBe("/a#b");
  expect(atInstant("/a?why=e#b", "2026-03-03T08:35:00.000Z")).toBe("/a?why=e&asKnownAt=2026-03-03T08%3A35%3A00.000Z#b");
  expect(atInstant("/a", "2026-03-03T08:35:00.000Z")).toBe("/a?asKnownAt=2026-03-03T08%3A35%3A00.000Z");
});

test("an instant that is still to come is said, and now is shown", () => {
  expect(at("2026-12-01T00:00:00Z")).toBe(NOW_MS);
  const read = readKnownAt({ asKnownAt: "2026-12-01T00:01" }, "Europe/London", NOW_MS);
  expect(read).toMatchObject({ atMs: null, text: null });
  expect(read.fault).toBe(
    "1 Dec 2026, 00:01 Europe/London is still to come: what will be known then nobody knows yet. What is shown is known now.",
  );
  const { fromMs, toMs, faults } = readInstants({ from: "2026-03-01T09:00", to: "2027-01-01T09:00" }, "UTC", NOW_MS);
  expect([fromMs, toMs, faults.from]).toEqual([Date.UTC(2026, 2, 1, 9), null, undefined]);
  expect(faults.to).toContain("still to come");
});

test("a time that the clocks skip is no time; one of the hour that they repeat is said with its offset", () => {
  expect(readKnownAt({ asKnownAt: "2026-03-29T01:30" }, "Europe/London", NOW_MS)).toMatchObject({
    atMs: null,
    fault: expect.stringContaining("is no date and time on the clock of Europe/London"),
  });
  expect(instantWords(Date.UTC(2026, 9, 25, 0, 30), "Europe/London")).toBe(
    "25 Oct 2026, 01:30 Europe/London, UTC+01:00",
  );
  expect(instantWords(Date.UTC(2026, 9, 25, 1, 30), "Europe/London")).toBe(
    "25 Oct 2026, 01:30 Europe/London, UTC+00:00",
  );
  expect(instantWords(Date.UTC(2026, 9, 25, 2, 30), "Europe/London")).toBe("25 Oct 2026, 02:30 Europe/London");
});

const knownAt = (atMs: number | null) => ({ atMs, text: null, fault: null });

test("steps go from one piece of knowledge to the one before it and after it", () => {
  const learnt = [Date.UTC(2026, 2, 3, 9), Date.UTC(2026, 2, 1, 8), Date.UTC(2026, 2, 5, 10, 0, 0, 20)];
  const steps = (atMs: number | null) => knowledgeSteps("/a", knownAt(atMs), learnt, "UTC");
  expect(steps(null)).toEqual([
    { label: "Before 5 Mar 2026, 10:00", href: "/a?asKnownAt=2026-03-05T10%3A00%3A00.019Z" },
  ]);
  expect(steps(Date.UTC(2026, 2, 3, 9)).map(({ label }) => label)).toEqual([
    "Before 3 Mar 2026, 09:00",
    "Next: 5 Mar 2026, 10:00",
  ]);
  expect(steps(Date.UTC(2026, 2, 3, 9) - 1).map(({ label }) => label)).toEqual([
    "Before 1 Mar 2026, 08:00",
    "Next: 3 Mar 2026, 09:00",
  ]);
  expect(steps(0).map(({ label }) => label)).toEqual(["Next: 1 Mar 2026, 08:00"]);
  expect(knowledgeSteps("/a", knownAt(null), [], "UTC")).toEqual([]);
});

test("steps of a day keep the address' filters, and end at now", () => {
  expect(daySteps("/b?group=G2", knownAt(null), NOW_MS)).toEqual([
    { label: "1 day earlier", href: "/b?group=G2&asKnownAt=2026-11-30T00%3A00%3A00.000Z" },
  ]);
  expect(daySteps("/b", knownAt(NOW_MS - 86_400_001), NOW_MS).map(({ label }) => label)).toEqual([
    "1 day earlier",
    "1 day later",
  ]);
  expect(daySteps("/b", knownAt(NOW_MS - 1), NOW_MS)).toHaveLength(1);
});
