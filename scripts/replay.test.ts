import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test, vi } from "vitest";

vi.setConfig({ testTimeout: 120_000 });

const CHECKOUT = fileURLToPath(new URL("..", import.meta.url));

const bundle = {
  format: "dose-history/1",
  study: { code: "CLI", species: "mouse", timeZone: "UTC" },
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3] }],
  animals: [
    { id: "10", startingDose: 4 },
    { id: "9", startingDose: 3 },
  ],
  entries: [
    {
      id: "e1",
      animal: "10",
      kind: "dose",
      observedAt: "2026-01-05T09:00Z",
      recordedAt: "2026-01-05T09:00Z",
      amount: 4,
    },
    {
      id: "e2",
      animal: "10",
      kind: "cbc",
      observedAt: "2026-01-09T09:00Z",
      recordedAt: "2026-01-09T10:00Z",
      neutrophils: 0.8,
    },
  ],
};

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "doseline-replay-"));
  const write = (name: string, document: unknown): void => writeFileSync(join(folder, name), JSON.stringify(document));
  write("good.json", bundle);
  write("empty study.json", { ...bundle, animals: [], entries: [] });
  write("bad-level.json", { ...bundle, protocols: [{ ...bundle.protocols[0], doseLevels: [4, 0] }] });
  write("bad-animal.json", { ...bundle, animals: [{ id: "11", startingDose: 4 }] });
  writeFileSync(join(folder, "marked.json"), `\uFEFF${JSON.stringify(bundle)}\n`);
  const text = JSON.stringify(bundle);
  writeFileSync(join(folder, "twice.json"), text.replace('"neutrophils":0.8', '"neutrophils":0.8,"neutrophils":1.8'));
  writeFileSync(join(folder, "long.json"), text.replace('"neutrophils":0.8', '"neutrophils":0.99999999999999999'));
  writeFileSync(join(folder, "broken.json"), '{"format":\n"dose-history/1",');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Answer = { readonly code: number | null; readonly out: string; readonly lines: readonly string[] };

const run = (program: string, args: readonly string[]): Answer => {
  const env = { ...process.env, INIT_CWD: folder };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: folder, env, encoding: "utf8" });
  return { code: status, out: stdout, lines: stderr.split("\n").slice(0, -1) };
};

const replay = (...args: readonly string[]): Answer =>
  run(process.execPath, [join(CHECKOUT, "scripts", "replay.mjs"), ...args]);

const statuses = (line: string): unknown => {
  const document = JSON.parse(line) as { animals: Record<string, { status: string }> };
  return Object.fromEntries(Object.entries(document.animals).map(([tag, { status }]) => [tag, status]));
};

test("one line of JSON for each file, in the order of the files, and nothing else", () => {
  const { code, out, lines } = replay("good.json", "empty study.json", join(folder, "marked.json"));
  expect({ code, lines }).toEqual({ code: 0, lines: [] });
  const [first = "", second, third, ...rest] = out.split("\n");
  expect(statuses(first)).toEqual({ "10": "WITHHELD", "9": "NOT_STARTED" });
  expect(first.indexOf('"10":')).toBeLessThan(first.indexOf('"9":'));
  expect(second).toBe('{"format":"dose-history/1","animals":{}}');
  expect(third).toBe(first);
  expect(rest).toEqual([""]);
});

test("npm runs it from any folder, silently, with files named from there", () => {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const { code, out } = run(npm, ["--prefix", CHECKOUT, "run", "-s", "replay", "--", "good.json"]);
  expect(code).toBe(0);
  expect(out).toBe(replay("good.json").out);
});

test("as known at an instant, whichever offset it is written with", () => {
  const before = replay("--as-known-at", "2026-01-09T10:59:59.999+01:00", "good.json");
  expect(statuses(before.out)).toEqual({ "10": "ON_DOSE", "9": "NOT_STARTED" });
  const then = replay("good.json", "--as-known-at=2026-01-09T10:00Z");
  expect(statuses(then.out)).toEqual({ "10": "WITHHELD", "9": "NOT_STARTED" });
});

test("all files are checked before anything is printed, and each invalid one has its line", () => {
  const { code, out, lines } = replay(
    "good.json",
    "bad-level.json",
    "empty study.json",
    "bad-animal.json",
    "broken.json",
    "none.json",
    ".",
  );
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^bad-level\.json: protocols\[0\]\.doseLevels\[1\]: must be more than 0$/u);
  expect(lines[1]).toMatch(/^bad-animal\.json: entries\[0\]\.animal: there is no animal 10$/u);
  expect(lines[2]).toMatch(/^broken\.json: \$: is not JSON: /u);
  expect(lines[3]).toBe("none.json: $: there is no such file");
  expect(lines[4]).toMatch(/^\.: \$: cannot be read: /u);
});

test("a bundle of which a parser would drop something is refused by path", () => {
  const { code, out, lines } = replay("twice.json", "long.json");
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(lines).toEqual([
    "twice.json: entries[1].neutrophils: occurs twice in its object",
    "long.json: entries[1].neutrophils: has more digits than can be kept",
  ]);
});

test.each([
  [["--as-known-at", "2026-01-09", "good.json"], /^--as-known-at: 2026-01-09 is not an ISO 8601 instant/u],
  [["--as-known-at", "now", "bad-level.json"], /^--as-known-at: now is not/u],
  [["good.json", "--as-known-at"], /^--as-known-at: nothing is not/u],
  [["--as-known-at=", "good.json"], /^--as-known-at:  ?is not/u],
  [["--at", "good.json"], /^--at: is not an option\. usage: /u],
  [[], /^usage: replay \[--as-known-at INSTANT\] FILE\.\.\.$/u],
])("%j is refused with one line", (args, line) => {
  const { code, out, lines } = replay(...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(lines).toEqual([expect.stringMatching(line)]);
});
