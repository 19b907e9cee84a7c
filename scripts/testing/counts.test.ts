import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { NOTHING, addUp, countPlaywright, countVitest, summaryLines } from "./counts.mjs";

const directory = mkdtempSync(join(tmpdir(), "doseline-counts-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const report = (content: unknown): string => {
  const file = join(directory, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
};

const VITEST = {
  numPassedTests: 2,
  numFailedTests: 0,
  testResults: [
    {
      assertionResults: [
        { ancestorTitles: ["", "a real study (skipped: no data)"], title: "32 dogs", status: "skipped" },
        { ancestorTitles: [], title: "later", status: "todo" },
        { ancestorTitles: [], title: "now", status: "passed" },
      ],
    },
  ],
};

describe("counts of a run", () => {
  test("name each skipped test of vitest", () => {
    const skipped = ["a real study (skipped: no data) › 32 dogs", "later"];
    expect(countVitest(report(VITEST), 0)).toEqual({ passed: 2, failed: 0, skipped });
  });

  test("name each skipped test of Playwright, and fail what passed only when repeated", () => {
    const spec = { title: "signs", tests: [{ status: "skipped" }] };
    const suites = [{ title: "e2e.spec.ts", suites: [{ title: "director", specs: [spec] }] }];
    const file = report({ stats: { expected: 3, unexpected: 0, flaky: 1 }, suites });
    expect(countPlaywright(file, 0)).toEqual({ passed: 3, failed: 1, skipped: ["director › signs"] });
  });

  test("are one failure when the tool failed and counted none, or left no report", () => {
    expect(countVitest(report(VITEST), 1).failed).toBe(1);
    expect(countPlaywright(join(directory, "none.json"), 1)).toEqual({ ...NOTHING, failed: 1 });
  });
});

describe("last lines of a run", () => {
  test("name what was skipped, and end with the counts alone", () => {
    const sum = addUp([{ passed: 1, failed: 0, skipped: ["a"] }, NOTHING, { passed: 2, failed: 1, skipped: ["b"] }]);
    expect(summaryLines(sum)).toEqual(["skipped: a", "skipped: b", "3 passed, 1 failed, 2 skipped"]);
  });

  test("count what is too much to name", () => {
    const lines = summaryLines({ ...NOTHING, skipped: Array.from({ length: 1000 }, (_, index) => String(index)) });
    expect(lines.slice(-2)).toEqual(["skipped: 970 more", "0 passed, 0 failed, 1000 skipped"]);
    expect(lines.length).toBeLessThan(40);
  });
});
