import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHECKOUT } from "./setup/environment.mjs";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doseline-console-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const run = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [join(CHECKOUT, "scripts", "console.mjs"), ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "", DATABASE_OWNER_URL: "", DATA_DIR: directory, ...env },
  });

test.each([
  ["no command", []],
  ["an unknown command", ["drop:everything"]],
  ["an administrator without a name", ["administrator", "a@b.org"]],
  ["a name for a token", ["token", "a@b.org", "--name", "Ana"]],
  ["a token for nobody", ["token"]],
  ["a token for two", ["token", "a@b.org", "c@d.org"]],
  ["a second factor taken off without a reason", ["second-factor:remove", "a@b.org"]],
  ["a file without a code", ["import:bundle", "bundle.json"]],
  ["a code without a file", ["import:bundle", "--code", "S1"]],
  ["an empty code", ["import:bundle", "bundle.json", "--code", ""]],
  ["an unknown option", ["import:bundle", "bundle.json", "--code", "S1", "--force"]],
  ["an argument too many", ["seed:demo", "now"]],
])("%s is answered with the usage, in one line", (_, args) => {
  const { status, stdout, stderr } = run(args);
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(/^Usage: [^\n]+\n$/);
});

test("a file that is not there is named, from where npm was called", () => {
  const { status, stderr } = run(["import:bundle", "nowhere.json", "--code", "S1"], { INIT_CWD: directory });
  expect(status).toBe(2);
  expect(stderr).toBe(`There is no file ${join(directory, "nowhere.json")}.\n`);
});

test("a bad variable is named before anything is started", () => {
  const { status, stderr } = run(["token", "a@b.org"], { PORT: "http" });
  expect(status).toBe(2);
  expect(stderr).toMatch(/^PORT must be [^\n]+\n$/);
  expect(readdirSync(directory)).toEqual([]);
});
