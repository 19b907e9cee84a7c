import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const folder = fileURLToPath(new URL("./", import.meta.url));

/** Words that send the reader back or state a maxim; each has a plain replacement. */
const BANNED = [
  /\b(?:no longer )?stands?\b/iu,
  /\b(?:who|what)ever\b/iu,
  /\b(?:some|any|no)body\b/iu,
  /\bof (?:then|before)\b/iu,
  /\bto come\b/iu,
  /\bfor (?:good|ever)\b/iu,
  /\bmeanwhile\b/iu,
  /\banew\b/iu,
  /\bgravest\b/iu,
  /\bput right\b/iu,
  /\bbecomes? known\b/iu,
  /\blearnt\b/iu,
  /\(s\)/u,
  /[a-z](?:n't|’t)\b/iu,
];

const files = readdirSync(folder).filter((file) => file.endsWith(".ts") && !file.includes(".test."));

describe("words that people read", () => {
  test.each(files)("%s has no banned phrase", (file) => {
    const text = readFileSync(`${folder}${file}`, "utf8");
    expect(BANNED.flatMap((phrase) => phrase.exec(text)?.[0] ?? [])).toEqual([]);
  });

  test("finds a banned phrase when there is one", () => {
    expect(BANNED.some((phrase) => phrase.test("Discontinued for good"))).toBe(true);
  });
});
