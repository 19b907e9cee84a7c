import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import type { BundleFault } from "../lib/domain/record/check";
import { readJson } from "../lib/domain/record/read-json";
import { readBundle, type StudyBundle } from "../lib/domain/record/read-bundle";
import { replayBundle, writeHistories } from "../lib/domain/rules/write-history";
import { parseInstant } from "../lib/domain/time/instant";
import { ok, refused, type Result } from "../lib/domain/result";

const WRONG_INPUT = 2;
const USAGE = "usage: replay [--as-known-at INSTANT] FILE...";
const AS_KNOWN_AT = "--as-known-at";

type Arguments = { readonly files: readonly string[]; readonly asKnownAtMs: number | undefined };

const readAsKnownAt = (text: string | undefined): Result<number, string> => {
  const instant = text === undefined ? null : parseInstant(text);
  if (instant !== null) return ok(instant.ms);
  return refused(`${AS_KNOWN_AT}: ${text ?? "nothing"} is not an ISO 8601 instant with Z or an offset`);
};

const readArguments = (given: readonly string[]): Result<Arguments, string> => {
  const files: string[] = [];
  let asKnownAtMs: number | undefined;
  const rest = [...given];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === AS_KNOWN_AT || argument.startsWith(`${AS_KNOWN_AT}=`)) {
      const instant = readAsKnownAt(argument === AS_KNOWN_AT ? rest.shift() : argument.slice(AS_KNOWN_AT.length + 1));
      if (!instant.ok) return instant;
      asKnownAtMs = instant.value;
    } else if (argument === "--") files.push(...rest.splice(0));
    else if (argument.startsWith("--")) return refused(`${argument}: is not an option. ${USAGE}`);
    else files.push(argument);
  }
  return files.length === 0 ? refused(USAGE) : ok({ files, asKnownAtMs });
};

/** npm starts its scripts in the checkout, and says where it was called. */
const asCalledFrom = (file: string): string => resolve(process.env["INIT_CWD"] ?? process.cwd(), file);

const whyUnreadable = (error: unknown): string => {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return code === "ENOENT" ? "there is no such file" : `cannot be read: ${code || String(error)}`;
};

const readFile = (file: string): Result<unknown, BundleFault> => {
  try {
    return readJson(readFileSync(asCalledFrom(file), "utf8").replace(/^\uFEFF/u, ""));
  } catch (error) {
    return refused({ path: "$", message: whyUnreadable(error) });
  }
};

/** Nothing of a message breaks its line, whatever a file is called or holds. */
const oneLine = (text: string): string => text.replace(/\s+/gu, " ");

const refuse = (lines: readonly string[]): number => {
  for (const line of lines) process.stderr.write(`${oneLine(line)}\n`);
  return WRONG_INPUT;
};

/**
 * Replays bundles and prints one line of JSON for each, in their order. All are checked before anything is printed; of
 * each invalid one a line on stderr says where and what is wrong. Answers the exit code.
 */
export const replayFiles = (given: readonly string[]): number => {
  const read = readArguments(given);
  if (!read.ok) return refuse([read.fault]);
  const { files, asKnownAtMs } = read.value;
  const bundles: StudyBundle[] = [];
  const faults: string[] = [];
  for (const file of files) {
    const json = readFile(file);
    const bundle = json.ok ? readBundle(json.value) : json;
    if (bundle.ok) bundles.push(bundle.value);
    else faults.push(`${file}: ${bundle.fault.path}: ${bundle.fault.message}`);
  }
  if (faults.length > 0) return refuse(faults);
  for (const bundle of bundles) process.stdout.write(`${writeHistories(replayBundle(bundle, asKnownAtMs))}\n`);
  return 0;
};
