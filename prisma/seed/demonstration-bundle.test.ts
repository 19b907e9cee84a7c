import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { readBundle } from "../../lib/domain/record/read-bundle";
import type { AnimalHistory } from "../../lib/domain/rules/history";
import { parseInstant } from "../../lib/domain/time/instant";
import { DEMONSTRATION_ACCOUNTS } from "./demonstration-accounts";
import { DEMONSTRATION_SEED } from "./demonstration-bundle";
import {
  demonstrationAt,
  END,
  readDemonstration,
  replayed,
  tally,
} from "../../test/demonstration/demonstration-replayed";

const document = demonstrationAt(END);

describe("the demonstration as a document", () => {
  test("the same seed and instant give the same bytes", () => {
    expect(JSON.stringify(demonstrationAt(END))).toBe(JSON.stringify(document));
    expect(JSON.stringify(demonstrationAt(END, DEMONSTRATION_SEED + 1))).not.toBe(JSON.stringify(document));
  });

  test("the bytes are those of every other machine", () => {
    const sha256 = createHash("sha256").update(JSON.stringify(document)).digest("hex");
    expect(sha256).toBe("1d6b1b553cba92cbb6cc745bf881d6e3d7b639c83c66f23c6bb2ce3ad7081f24");
  });

  test("48 animals in four dose groups and a control, over 60 days", () => {
    const animals = document.animals;
    expect(tally(animals.map(({ group }) => String(group)))).toEqual({ G1: 8, G2: 10, G3: 10, G4: 10, G5: 10 });
    expect(tally(animals.map(({ sex }) => String(sex)))).toEqual({ M: 24, F: 24 });
    for (const animal of animals) {
      expect(Object.keys(animal)).toEqual(
        expect.arrayContaining(["sex", "group", "room", "cage", "birthDate", "strain", "genotype"]),
      );
    }
    const observed = readDemonstration(document).entries.flatMap((entry) =>
      entry.kind === "void" ? [] : [entry.observedAt.ms],
    );
    const days = (Math.max(...observed) - Math.min(...observed)) / 86_400_000;
    expect(days).toBeGreaterThan(60);
    expect(days).toBeLessThan(64);
  });

  test.each([
    END,
    "2026-02-04T00:00:30Z",
    "2026-02-04T23:59:59Z",
    "2026-03-30T07:50:00+01:00",
    "2024-02-29T12:00:00Z",
    "2026-10-26T06:00:00Z",
  ])("at %s nothing is of the future, and an animal is never entered before its birth", (endInstant) => {
    const made = demonstrationAt(endInstant);
    const end = parseInstant(endInstant)?.ms ?? 0;
    const { entries } = readDemonstration(made);
    expect(Math.max(...entries.map(({ recordedAt }) => recordedAt.ms))).toBeLessThanOrEqual(end);
    expect(Math.max(...entries.map(({ recordedAt }) => recordedAt.ms))).toBeGreaterThan(end - 36 * 3_600_000);
    const births = made.animals.map(({ birthDate }) => parseInstant(`${String(birthDate)}T00:00Z`)?.ms ?? 0);
    const first = Math.min(...entries.flatMap((entry) => (entry.kind === "void" ? [] : [entry.observedAt.ms])));
    expect(Math.max(...births)).toBeLessThan(end);
    expect(Math.min(...births)).toBeLessThan(first);
  });

  test("on another date it is the same study, but for its dates", () => {
    const status = (histories: ReadonlyMap<string, AnimalHistory>): unknown =>
      [...histories].map(([tag, { status, dose, events }]) => [
        tag,
        status,
        dose.toFixed(),
        events.map(({ action, entry }) => [action, entry]),
      ]);
    const later = replayed(readDemonstration(demonstrationAt("2026-11-11T08:59:00Z")));
    expect(status(later)).toEqual(status(replayed(readDemonstration(document))));
  });

  test("other seeds give readable studies too", () => {
    for (let seed = 1; seed <= 5; seed += 1) {
      expect(readBundle(demonstrationAt(END, seed)).ok).toBe(true);
    }
  });

  test("what a device printed is kept beside the number", () => {
    const counts = document.entries.filter((entry) => entry["kind"] === "cbc" && entry["platelets"] !== undefined);
    const reported = counts.map(
      (entry) =>
        (entry["reported"] as Readonly<Record<string, unknown>>)["neutrophils"] as { text: string; unit: string },
    );
    expect(reported.every(({ text, unit }) => /^\d+\.\d\d$/u.test(text) && unit === "K/µL")).toBe(true);
    expect(reported.some(({ text }) => text.endsWith("0"))).toBe(true);
    expect(counts.every((entry, index) => entry["neutrophils"] === Number(reported[index]?.text))).toBe(true);
  });

  test("everybody who recorded something has an account, and every role is there", () => {
    const emails = new Set(DEMONSTRATION_ACCOUNTS.map(({ email }) => email));
    expect(document.entries.filter(({ recordedBy }) => !emails.has(String(recordedBy)))).toEqual([]);
    expect(new Set(DEMONSTRATION_ACCOUNTS.map(({ role }) => role)).size).toBe(4);
    expect(JSON.stringify(DEMONSTRATION_ACCOUNTS)).not.toMatch(/passw/iu);
  });
});
