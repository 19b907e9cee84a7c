import { describe, expect, test } from "vitest";

import { parseInstant } from "../../lib/domain/time/instant";
import type { BundleDocument } from "../oracle/document";
import { faultPath } from "../oracle/faults";
import { oracleAnswer } from "../oracle/oracle";
import { readBundle } from "../../lib/domain/record/read-bundle";
import { hasShared, sharedJson, sharedText } from "./shared-files.property";
import { replayBundle, writeHistories } from "../../lib/domain/rules/write-history";

type Case = { readonly asKnownAt: string | null; readonly bundle: BundleDocument; readonly expected: unknown };
type InvalidCase = { readonly bundle: unknown; readonly errorPath: string };

const cases = sharedJson("cases").map(({ name, document }) => ({ name, ...(document as Case) }));
const invalid = sharedJson("cases/invalid").map(({ name, document }) => ({ name, ...(document as InvalidCase) }));
const REAL_STUDY = "data/dog-35449";

const answer = (document: unknown, asKnownAtMs?: number): string => {
  const read = readBundle(document);
  if (!read.ok) throw new Error(`${read.fault.path}: ${read.fault.message}`);
  return writeHistories(replayBundle(read.value, asKnownAtMs));
};

/** Keys in order matter, spaces and `4.0` for `4` do not. */
const inOneForm = (document: unknown): string => JSON.stringify(document);

describe.skipIf(cases.length === 0)("the shared cases (skipped: ../shared/cases is not beside this checkout)", () => {
  test.each(cases)("$name", ({ bundle, asKnownAt, expected }) => {
    const instant = asKnownAt === null ? undefined : parseInstant(asKnownAt)?.ms;
    expect(answer(bundle, instant)).toBe(inOneForm(expected));
    expect(oracleAnswer(bundle, instant)).toBe(inOneForm(expected));
  });

  test.each(invalid)("invalid: $name", ({ bundle, errorPath }) => {
    expect(readBundle(bundle)).toMatchObject({ ok: false, fault: { path: errorPath } });
    expect(faultPath(bundle)).toBe(errorPath);
  });
});

describe.skipIf(!hasShared(REAL_STUDY))("a real study (skipped: ../shared/data is not beside this checkout)", () => {
  test("32 dogs give the expected histories", () => {
    const bundle: unknown = JSON.parse(sharedText(`${REAL_STUDY}/bundle.json`));
    const expected: unknown = JSON.parse(sharedText(`${REAL_STUDY}/expected.json`));
    expect(answer(bundle)).toBe(inOneForm(expected));
  });
});
