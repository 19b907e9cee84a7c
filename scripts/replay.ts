import { readFileSync } from "node:fs";

import { checked, fail, type BundleFault } from "../lib/domain/bundle/check";
import { readBundle, type StudyBundle } from "../lib/domain/bundle/read-bundle";
import { replayBundle, writeHistories } from "../lib/domain/bundle/write-history";
import { parseInstant } from "../lib/domain/entries/instant";
import type { Result } from "../lib/domain/result";

const USAGE = "usage: replay [--as-known-at INSTANT] FILE...";

const oneLine = (text: string): string => text.replace(/\s+/gu, " ");

const refuse = (lines: readonly string[]): never => {
  for (const line of lines) process.stderr.write(`${oneLine(line)}\n`);
  process.exit(2);
};

const asKnownAt = (text: string | undefined): number =>
  (text === undefined ? null : parseInstant(text))?.ms ??
  refuse([`--as-known-at: ${text ?? "nothing"} is not an ISO 8601 instant with Z or an offset`]);

type Arguments = { readonly files: readonly string[]; readonly asKnownAtMs: number | undefined };

const readArguments = (given: readonly string[]): Arguments => {
  const files: string[] = [];
  let asKnownAtMs: number | undefined;
  for (let index = 0; index < given.length; index += 1) {
    const argument = given[index] ?? "";
    if (argument === "--as-known-at") {
      index += 1;
      asKnownAtMs = asKnownAt(given[index]);
    } else if (argument.startsWith("--as-known-at=")) asKnownAtMs = asKnownAt(argument.slice("--as-known-at=".length));
    else if (argument.startsWith("--")) refuse([`${argument}: is not an option. ${USAGE}`]);
    else files.push(argument);
  }
  return files.length === 0 ? refuse([USAGE]) : { files, asKnownAtMs };
};

const readJson = (file: string): Result<unknown, BundleFault> =>
  checked(() => {
    try {
      return JSON.parse(readFileSync(file, "utf8").replace(/^\uFEFF/u, "")) as unknown;
    } catch (error) {
      return fail("$", error instanceof SyntaxError ? `is not JSON: ${error.message}` : `cannot be read: ${String(error)}`);
    }
  });

const { files, asKnownAtMs } = readArguments(process.argv.slice(2));
const bundles: StudyBundle[] = [];
const faults: string[] = [];
for (const file of files) {
  const json = readJson(file);
  const bundle = json.ok ? readBundle(json.value) : json;
  if (bundle.ok) bundles.push(bundle.value);
  else faults.push(`${file}: ${bundle.fault.path}: ${bundle.fault.message}`);
}
if (faults.length > 0) refuse(faults);
for (const bundle of bundles) process.stdout.write(`${writeHistories(replayBundle(bundle, asKnownAtMs))}\n`);
