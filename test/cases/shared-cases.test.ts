import { describe, expect, test } from "vitest";

import { parseInstant } from "../../lib/domain/time/instant";
import { isTimeZone } from "../../lib/domain/time/time-zone";
import type { BundleDocument } from "../oracle/document";
import { faultPath } from "../oracle/faults";
import { oracleAnswer } from "../oracle/oracle";
import { readBundle } from "../../lib/domain/record/read-bundle";
import { replayBundle, writeHistories } from "../../lib/domain/rules/write-history";
import { casesIn, hasShared, sharedText } from "./shared-files.property";

/** A case with an answer, or an invalid one with the path of its fault. */
type Case = {
  readonly name: string;
  readonly asKnownAt: string | null;
  readonly bundle: BundleDocument;
  readonly errorPath: string;
  readonly text: string;
};

const inFolders = (folders: readonly string[]): readonly Case[] =>
  folders.flatMap(casesIn).map(({ name, text }) => ({ ...(JSON.parse(text) as Case), name, text }));

const FOLDERS = ["", "not-done", "laboratory", "edges"];
const cases = inFolders(FOLDERS);
const invalid = inFolders(FOLDERS.map((folder) => `${folder}/invalid`));
const calendar = inFolders(["calendar"]);
const invalidCalendar = inFolders(["calendar/invalid"]);
const REAL_STUDY = "data/dog-35449";

const answer = (document: unknown, asKnownAtMs?: number): string => {
  const read = readBundle(document);
  if (!read.ok) throw new Error(`${read.fault.path}: ${read.fault.message}`);
  return writeHistories(replayBundle(read.value, asKnownAtMs));
};

/** JSON without spaces, keys in their order: `4.0` is `4`, and no parser moves a tag that looks like a number. */
const compact = (json: string): string =>
  json.replaceAll(/("(?:[^"\\]|\\.)*")|\s+|-?\d[\d.eE+-]*/gu, (token, text: string | undefined) =>
    text !== undefined || token.trim() !== "" ? JSON.stringify(JSON.parse(token)) : "",
  );

describe("cases", () => {
  test("are all there", () => {
    expect(cases).toHaveLength(67);
    expect(invalid).toHaveLength(32);
    expect(calendar).toHaveLength(43);
    expect(invalidCalendar).toHaveLength(9);
  });

  test.each(cases)("$name", ({ bundle, asKnownAt, text }) => {
    const expected = compact(text.slice(text.lastIndexOf('"expected":') + '"expected":'.length, text.lastIndexOf("}")));
    const instant = asKnownAt === null ? undefined : parseInstant(asKnownAt)?.ms;
    expect(answer(bundle, instant)).toBe(expected);
    expect(oracleAnswer(bundle, instant)).toBe(expected);
  });

  test.each(invalid)("$name is refused at $errorPath", ({ bundle, errorPath }) => {
    expect(readBundle(bundle)).toMatchObject({ ok: false, fault: { path: errorPath } });
    expect(faultPath(bundle)).toBe(errorPath);
  });
});

/** What a calendar says is not computed yet: only the bundles are looked at. */
describe("calendar cases", () => {
  test.each(calendar)("$name is read", ({ bundle }) => {
    expect(readBundle(bundle)).toMatchObject({ ok: true });
    expect(faultPath(bundle)).toBeNull();
  });

  // A time zone that does not exist is a fault for the calendar alone (calendar.md, 6.7).
  test.each(invalidCalendar)("$name is refused at $errorPath", ({ bundle, errorPath }) => {
    const read = readBundle(bundle);
    const ofZone = isTimeZone(bundle.study.timeZone) ? null : "study.timeZone";
    expect(read.ok ? ofZone : read.fault.path).toBe(errorPath);
    expect(faultPath(bundle) ?? ofZone).toBe(errorPath);
  });
});

describe.skipIf(!hasShared(REAL_STUDY))("a real study (skipped: ../shared/data is not beside this checkout)", () => {
  test("32 dogs give the expected histories", () => {
    const bundle: unknown = JSON.parse(sharedText(`${REAL_STUDY}/bundle.json`));
    expect(answer(bundle)).toBe(compact(sharedText(`${REAL_STUDY}/expected.json`)));
  });
});
