import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { LIGHT, type Tone } from "./palette";

type Palette = Readonly<Record<string, string>>;

const css = readFileSync(new URL("../../app/globals.css", import.meta.url), "utf8");
const declared = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
  ([, name = "", light = "", dark = ""]) => ({ name, light, dark }),
);
const light: Palette = Object.fromEntries(declared.map((colour) => [colour.name, colour.light]));
const dark: Palette = Object.fromEntries(declared.map((colour) => [colour.name, colour.dark]));

/** Relative luminance of an sRGB colour, as WCAG 2.2 defines it. */
const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (palette: Palette, front: Tone, back: Tone): number => {
  const [low = 0, high = 0] = [luminance(palette[front] ?? ""), luminance(palette[back] ?? "")].sort(
    (one, other) => one - other,
  );
  return (high + 0.05) / (low + 0.05);
};

const GROUNDS: readonly Tone[] = ["ground", "surface", "sunken"];
const SOFT: readonly Tone[] = ["accent-soft", "withheld-soft", "stopped-soft", "waiting-soft"];
const GRADES: readonly Tone[] = ["grade-1", "grade-2", "grade-3", "grade-4"];

const pairs = (fronts: readonly Tone[], backs: readonly Tone[]): readonly (readonly [Tone, Tone])[] =>
  fronts.flatMap((front) => backs.map((back) => [front, back] as const));

/** Every pair of text and ground that the parts use. */
const TEXT_PAIRS = [
  ...pairs(["ink", "ink-soft"], [...GROUNDS, ...SOFT, ...GRADES]),
  ...pairs(["ink-faint"], [...GROUNDS, "accent-soft"]),
  ...pairs(["accent", "accent-strong", "withheld", "stopped", "waiting"], [...GROUNDS, ...SOFT]),
  ...pairs(["accent-strong", "withheld", "stopped"], GRADES),
  ...pairs(["on-accent"], ["accent", "accent-strong"]),
  ...pairs(["ground"], ["ink"]),
];

/** Borders of controls, lines and marks that must be told from their ground. */
const MARK_PAIRS = pairs(["edge", "accent", "withheld-edge", "stopped"], GROUNDS);

describe("the palette", () => {
  test("drawings outside the page carry the light values of the stylesheet", () => {
    expect(LIGHT).toEqual(light);
  });

  test.each([
    ["light", light],
    ["dark", dark],
  ])("text has a contrast of at least 4.5 in %s", (_, palette) => {
    const short = TEXT_PAIRS.filter(([front, back]) => contrast(palette, front, back) < 4.5).map(
      ([front, back]) => `${front} on ${back}: ${contrast(palette, front, back).toFixed(2)}`,
    );
    expect(short).toEqual([]);
  });

  test.each([
    ["light", light],
    ["dark", dark],
  ])("borders and marks have a contrast of at least 3 in %s", (_, palette) => {
    const short = MARK_PAIRS.filter(([front, back]) => contrast(palette, front, back) < 3).map(
      ([front, back]) => `${front} on ${back}: ${contrast(palette, front, back).toFixed(2)}`,
    );
    expect(short).toEqual([]);
  });
});
