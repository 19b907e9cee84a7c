import { daysBetween } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import { type Concern, LONG_HOLD_DAYS, type Now } from "@/lib/domain/animal/attention";
import { capitalized, DEVIATION_WORDS } from "@/lib/domain/language/code-words";
import { shownWeight, weightChangeText } from "@/lib/domain/animal/weight-change";
import type { GlyphName } from "@/components/ui/glyph";
import { CONCERN_COUNTS, type ConcernTone } from "./board-looks";
import type { BoardRow } from "./board-view";
import { dayAndDate, dayWord } from "@/lib/domain/language/day-words";

export type ConcernWords = {
  readonly glyph: GlyphName;
  readonly tone: ConcernTone;
  /** What it is: "Withheld". */
  readonly title: string;
  /** Beside the title: the number and what it is measured against. */
  readonly detail: string;
  readonly sentence: string;
};

const weightText = (grams: Decimal, like: Decimal): string => {
  const { value, unit } = shownWeight(grams, like);
  return `${value} ${unit}`;
};

const HUMANE_PART = "0.8";

const weightWords = ({ animal, overview }: BoardRow, now: Now): Omit<ConcernWords, "glyph" | "tone" | "title"> => {
  const { weight } = overview;
  const { latest, baselineWeight, firstDoseMs } = animal.summary;
  if (weight === null || latest.weight === undefined || baselineWeight === null) return { detail: "", sentence: "" };
  const days = { firstDoseMs, timeZone: now.timeZone };
  const { reference } = weight;
  const measured = `${latest.weight.qualifier ?? ""}${weightText(new Decimal(latest.weight.value), reference)}`;
  const endpoint = weightText(reference.times(HUMANE_PART), reference);
  return {
    detail: `${weightChangeText(weight)} % of ${weightText(reference, reference)}, ${dayWord(baselineWeight.observedMs, days)}`,
    sentence:
      weight.alarm === "humane-endpoint"
        ? `${measured} on ${dayAndDate(latest.weight.observedMs, days)}. The humane endpoint is ${endpoint}, 20\u00a0% below the baseline; it comes before every dose rule.`
        : `${measured} on ${dayAndDate(latest.weight.observedMs, days)}. The humane endpoint is ${endpoint}, 20\u00a0% below the baseline.`,
  };
};

const heldText = ({ overview }: BoardRow, now: Now): string => {
  const since = overview.standing.hold?.sinceMs;
  if (since === undefined) return "";
  const days = daysBetween(since, now.ms, now.timeZone);
  return days === 0 ? "since today" : days === 1 ? "for 1 day" : `for ${String(days)} days`;
};

const deviationWords = (
  row: BoardRow,
  which: "lastFault" | "lastExposure",
  now: Now,
): Omit<ConcernWords, "glyph" | "tone"> => {
  const { summary } = row.animal;
  const deviation = summary[which];
  if (deviation === null) return { title: "", detail: "", sentence: "" };
  const days = { firstDoseMs: summary.firstDoseMs, timeZone: now.timeZone };
  return {
    title: capitalized(DEVIATION_WORDS[deviation.code]),
    detail: dayWord(deviation.observedMs, days),
    sentence:
      which === "lastFault"
        ? `The dose of ${dayAndDate(deviation.observedMs, days)} was not the one in force as known then.`
        : `The dose of ${dayAndDate(deviation.observedMs, days)} was right as known then; a result recorded later says otherwise.`,
  };
};

/** What a concern says of an animal, with its values. */
export const concernWords = (concern: Concern, row: BoardRow, doseUnit: string, now: Now): ConcernWords => {
  const { glyph, tone } = CONCERN_COUNTS[concern];
  const { said } = row.animal;
  const sentence = said?.sentence ?? "";
  switch (concern) {
    case "humane-endpoint":
      return { glyph, tone, title: "Humane endpoint", ...weightWords(row, now) };
    case "weight-warning":
      return { glyph, tone, title: "Weight loss", ...weightWords(row, now) };
    case "newly-discontinued":
      return { glyph, tone, title: "Discontinued", detail: "", sentence };
    case "resume-proposed":
      return {
        glyph,
        tone,
        title: `Resume at ${said?.toDose ?? "?"} ${doseUnit}?`,
        detail: `withheld ${heldText(row, now)}`,
        sentence,
      };
    case "long-hold":
      return {
        glyph,
        tone,
        title: `Withheld ${heldText(row, now)}`,
        detail: `a hold of ${String(LONG_HOLD_DAYS)} days asks for a decision`,
        sentence,
      };
    case "newly-withheld":
      return { glyph, tone, title: "Withheld", detail: heldText(row, now), sentence };
    case "dose-fault":
      return { glyph, tone, ...deviationWords(row, "lastFault", now) };
    case "exposure":
      return { glyph, tone, ...deviationWords(row, "lastExposure", now) };
  }
};
