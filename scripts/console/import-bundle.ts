// Makes a study of a dose-history/1 file.
import { readFileSync } from "node:fs";
import { refusal } from "@/lib/contracts/problem";
import { readJson } from "@/lib/domain/record/read-json";
import { refused } from "@/lib/domain/result";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import type { ImportProgress } from "@/lib/server/operations/studies/import-bundle";
import { answerOf } from "./answer";

const [file = "", code = ""] = process.argv.slice(2);

const readDocument = () => {
  const read = readJson(readFileSync(file, "utf8").replace(/^\uFEFF/, ""));
  if (read.ok) return read;
  const { path, message } = read.fault;
  return refused(refusal("INVALID_BUNDLE", `${file}: ${path}: ${message.replaceAll(/\s+/g, " ")}.`));
};

/** On a terminal one line that changes; elsewhere nothing, for the outcome says it all. */
const showProgress = ({ stored, entries }: ImportProgress): void => {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${stored} of ${entries} entries stored${stored === entries ? "\n" : ""}`);
};

await answerOf(
  async () => {
    const read = readDocument();
    return read.ok ? importBundle(null, code, read.value, { onProgress: showProgress }) : read;
  },
  (study) =>
    console.log(
      `Imported as ${study.code}: ${study.animals} animals, ${study.entries} entries, ${study.events} dose events.`,
    ),
);
