import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { PUBLIC_KEY, sealedBundle } from "../test/database/sealed-bundle";
import { fingerprintOf } from "../lib/server/verifying/checkpoint-signatures";
import { CHECKOUT } from "./setup/environment.mjs";

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "doseline-verify-"));
  const text = sealedBundle();
  writeFileSync(join(folder, "good.json"), text);
  writeFileSync(join(folder, "changed.json"), text.replace('"grams":21', '"grams":22'));
  writeFileSync(join(folder, "broken.json"), text.replace('"grams":21,', '"grams":21"'));
  writeFileSync(join(folder, "cut.json"), text.slice(0, text.length / 2));
  writeFileSync(join(folder, "twice.json"), text.replace('"grams":21,', '"grams":99,"grams":21,'));
  writeFileSync(join(folder, "longer.json"), text.replace('"grams":21,', '"grams":21.00000000000000001,'));
  writeFileSync(join(folder, "plain.json"), '{"format":"dose-history/1"}');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = (...args: readonly string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(CHECKOUT, "scripts", "verify.mjs"), ...args], {
    encoding: "utf8",
    env: { ...process.env, INIT_CWD: folder, DATABASE_URL: "", DATA_DIR: join(folder, "none") },
  });
  return { status, stdout, stderr };
};

const KEY = fingerprintOf(PUBLIC_KEY);

test("a bundle as it was exported: the counts, and that the signer was not checked", () => {
  const { status, stdout, stderr } = verify("good.json");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  const [counts, signer] = stdout.split("\n");
  expect(counts).toBe("S1: 10 events in 3 chains, 5 entries, 2 checkpoints: everything is as it was recorded.");
  expect(signer).toContain(KEY);
  expect(signer).toContain("The signer was not checked");
  expect(stdout).toMatch(/\nSigned: protocol 1, APPROVED, by Dora <ana@example\.org>, 20\S+: holds\.\n/u);
});

test("the signer that is asked for, however the fingerprint is written", () => {
  const spaced = (KEY.toUpperCase().match(/../gu) ?? []).join(":");
  const { status, stdout } = verify("--key", spaced, "good.json");
  expect(status).toBe(0);
  expect(stdout).not.toContain("not checked");
  const other = verify(`--key=${"0".repeat(64)}`, "good.json");
  expect(other.status).toBe(1);
  expect(other.stdout).toContain("rewritten: checkpoint 1 is signed with another key");
});

test("each fault is a line that names animal, place and kind", () => {
  expect(verify("changed.json")).toEqual({
    status: 1,
    stdout: "S1: animal M1: sequence 2: changed: entry M1-1 is not what was recorded: its grams differ\n",
    stderr: "",
  });
  expect(verify("broken.json")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^animal M1: changed: .* line 5/u),
  });
  expect(verify("cut.json")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/changed: the file is not JSON/u),
  });
});

test("a bundle of which a parser would drop something is changed", () => {
  expect(verify("twice.json")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^changed: entries\[\d+\]\.grams occurs twice in its object\n$/u),
  });
  expect(verify("longer.json")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^changed: entries\[\d+\]\.grams has more digits than can be kept\n$/u),
  });
});

test("a file that this login may not read is told apart from one that is not there", () => {
  const closed = join(folder, "closed.json");
  writeFileSync(closed, sealedBundle(), { mode: 0o000 });
  // Whoever is root reads everything: then somebody else asks.
  const isRoot = process.getuid?.() === 0;
  chmodSync(folder, 0o755);
  const script = join(CHECKOUT, "scripts", "verify.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, closed], {
    encoding: "utf8",
    env: { ...process.env, HOME: folder },
    ...(isRoot ? { uid: 65_534, gid: 65_534 } : {}),
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/closed\.json: this login may not read the file\.\n$/u);
});

test("a bundle without a proof says how to get one with it", () => {
  expect(verify("plain.json")).toMatchObject({
    status: 1,
    stdout: expect.stringMatching(/^plain\.json: .*proof=with[^\n]*\n$/u),
  });
});

test.each([
  [["none.json"], /^none\.json: there is no such file/u],
  [["."], /^\.: there is no such file/u],
  [["good.json", "good.json"], /^usage: /u],
  [["--key"], /^usage: /u],
  [["--key", "abc", "good.json"], /^--key: abc is not the fingerprint/u],
  [["--all"], /^usage: /u],
  [[""], /^usage: /u],
])("%j is refused with one line", (args, line) => {
  const { status, stdout, stderr } = verify(...args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(line);
  expect(stderr.trimEnd()).not.toContain("\n");
});
