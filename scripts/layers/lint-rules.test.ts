import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CHECKOUT } from "../setup/environment.mjs";

/** What must not be written, by the folder in which it must not. */
const PLANTED: Readonly<Record<string, readonly string[]>> = {
  "lib/domain": [
    "export const at = new Date();",
    "export const at = Date.now();",
    "export const at = globalThis.Date;",
    'import { Temporal } from "temporal-polyfill";\nexport const at = Temporal.Now.instant();',
    'export const text = new Intl.DateTimeFormat("en").format(0);',
    "export const text = Intl.NumberFormat().format(1);",
    "export const text = (1).toLocaleString();",
    'export const order = "a".localeCompare("b");',
    'export const value = parseFloat("1.5");',
    'export const value = Number.parseFloat("1.5");',
    "export const value = Math.random();",
    "export const value = process.pid;",
    "export const value = globalThis.process;",
    'console.log("said");',
  ],
  "lib/contracts": [
    "export const value = process.env;",
    "export const value = globalThis.process.env;",
    'import { env } from "node:process";\nexport const value = env;',
    'import process from "node:process";\nexport const value = process.pid;',
    'import { z } from "zod";\nexport const value = z.coerce.number();',
    'import * as z from "zod";\nexport const value = z.coerce.string();',
  ],
  "lib/server/operations/entries": ["export const value = globalThis.process.env;"],
  components: ["export const value = globalThis.process.env;"],
};

const planted = Object.entries(PLANTED).flatMap(([folder, texts]) =>
  texts.map((text, index) => ({ text, file: `${folder}/planted-${String(index)}.ts` })),
);
const CLEAN = "lib/domain/clean.ts";

const root = mkdtempSync(join(tmpdir(), "doseline-lint-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const lint = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const program = join(CHECKOUT, "node_modules", "oxlint", "bin", "oxlint");
    execFile(process.execPath, [program, "--format=unix"], { cwd: root }, (error, stdout) => {
      // It ends with 1 when it has found something.
      if (error === null || error.code === 1) resolve(stdout);
      else reject(error);
    });
  });

describe("lint", () => {
  let found = "";
  beforeAll(async () => {
    cpSync(join(CHECKOUT, ".oxlintrc.json"), join(root, ".oxlintrc.json"));
    const files = [...planted, { file: CLEAN, text: "export const value = 1;" }];
    for (const { file, text } of files) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${text}\n`);
    }
    found = await lint();
  });

  test.each(planted)("refuses $text in $file", ({ file }) => {
    const own = found.split("\n").filter((line) => line.includes(`${file}:`));
    expect(own.join("\n")).toMatch(/no-restricted|no-process-env|no-console/);
  });

  test("takes what is allowed", () => {
    expect(found).not.toContain(CLEAN);
  });
});
