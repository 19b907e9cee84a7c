import * as fc from "fast-check";
import { expect, test, vi } from "vitest";

import { readBundle } from "../../lib/domain/record/read-bundle";
import { replayBundle, writeHistories } from "../../lib/domain/rules/write-history";
import { faultPath } from "./faults";
import { millisecondsOf } from "./instants";
import { oracleAnswer } from "./oracle";
import { randomBundle } from "./random-bundle";
import { damaged, randomDamage } from "./random-damage";
import { histories } from "./run-count.property";

vi.setConfig({ testTimeout: 300_000 });

const HALF_AN_HOUR = 1_800_000;
const BEFORE_EVERYTHING = millisecondsOf("2026-01-01T00:00Z");

/** Half of the time all that is known in the end, else what was known at a random instant of the study. */
const asKnownAt = fc.option(
  fc.integer({ min: 0, max: 45 * 48 }).map((halfHours) => BEFORE_EVERYTHING + halfHours * HALF_AN_HOUR),
  { nil: undefined, freq: 1 },
);

/** As it comes from a file: without the keys that are undefined. */
const asJson = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

const engineAnswer = (document: unknown, asKnownAtMs?: number): string => {
  const read = readBundle(document);
  if (!read.ok) throw new Error(`the engine refuses ${read.fault.path}: ${read.fault.message}`);
  return writeHistories(replayBundle(read.value, asKnownAtMs));
};

test(
  "whole random studies get the answer that the text gives, now and as known at any instant",
  { timeout: 300_000 },
  () => {
    fc.assert(
      fc.property(randomBundle(30), asKnownAt, (bundle, instant) => {
        expect(engineAnswer(asJson(bundle), instant)).toBe(oracleAnswer(bundle, instant));
      }),
      histories(1500),
    );
  },
);

test("long logs of one animal get the answer that the text gives", () => {
  fc.assert(
    fc.property(randomBundle(120), (bundle) => {
      expect(engineAnswer(asJson(bundle))).toBe(oracleAnswer(bundle));
    }),
    histories(60),
  );
});

test("a damaged document is refused at the path that the text names, or answered alike", () => {
  fc.assert(
    fc.property(randomBundle(10), fc.array(randomDamage, { minLength: 1, maxLength: 3 }), (bundle, damages) => {
      const document = damaged(asJson(bundle), damages);
      const read = readBundle(document);
      const path = faultPath(document);
      expect(read.ok ? null : read.fault.path).toBe(path);
      if (path === null) expect(engineAnswer(document)).toBe(oracleAnswer(document as typeof bundle));
      else if (!read.ok) expect(read.fault.message).not.toMatch(/undefined|NaN|\[object|\n/u);
    }),
    histories(4000),
  );
});
