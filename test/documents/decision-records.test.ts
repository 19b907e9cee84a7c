import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("../../docs/decisions/", import.meta.url));
const files = readdirSync(folder).sort();

describe("decision records", () => {
  test("are numbered without gaps and without repeats", () => {
    expect(files.map((file) => Number(file.slice(0, 4)))).toEqual(files.map((_, index) => index + 1));
  });

  test.each(files)("%s has number, date, status, context, decision and consequences", (file) => {
    const text = readFileSync(`${folder}${file}`, "utf8");
    expect(text).toMatch(new RegExp(`^# ${String(Number(file.slice(0, 4)))}\\. [A-Z].*[^.]\\n`, "u"));
    expect(text).toMatch(/^Date: \d{4}-\d{2}-\d{2}\. Status: (accepted|superseded by \d+)\.$/mu);
    expect(text.match(/^## .*$/gmu)).toEqual(["## Context", "## Decision", "## Consequences"]);
  });
});
