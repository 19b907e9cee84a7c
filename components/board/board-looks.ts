import type { GlyphName } from "@/components/ui/glyph";
import type { Concern } from "@/lib/domain/animal/attention";
import type { Status } from "@/lib/domain/rules/history";

/** Glyph and ink of each status; each is told by its glyph and word alone. */
export const STATUS_LOOKS: Readonly<Record<Status, { readonly glyph: GlyphName; readonly ink: string }>> = {
  ON_DOSE: { glyph: "play", ink: "text-accent-strong" },
  WITHHELD: { glyph: "pause", ink: "text-withheld" },
  DISCONTINUED: { glyph: "stop", ink: "text-stopped" },
  NOT_STARTED: { glyph: "ring", ink: "text-ink-soft" },
  OFF_STUDY: { glyph: "cross", ink: "text-ink-soft" },
};

export type ConcernTone = "stopped" | "withheld" | "waiting" | "ink";

export const TONE_INK: Readonly<Record<ConcernTone, string>> = {
  stopped: "text-stopped",
  withheld: "text-withheld",
  waiting: "text-waiting",
  ink: "text-ink",
};

/** As a count names them: "2 at the humane endpoint". */
export const CONCERN_COUNTS: Readonly<
  Record<Concern, { readonly words: string; readonly glyph: GlyphName; readonly tone: ConcernTone }>
> = {
  "humane-endpoint": { words: "at the humane endpoint", glyph: "warning", tone: "stopped" },
  "weight-warning": { words: "with 15 % weight loss", glyph: "down", tone: "withheld" },
  "newly-discontinued": { words: "newly discontinued", glyph: "stop", tone: "stopped" },
  "resume-proposed": { words: "waiting for an order", glyph: "person", tone: "waiting" },
  "long-hold": { words: "withheld for 28 days or more", glyph: "clock", tone: "withheld" },
  "newly-withheld": { words: "newly withheld", glyph: "pause", tone: "withheld" },
  "dose-fault": { words: "with a dose to look at", glyph: "warning", tone: "ink" },
  exposure: { words: "dosed before a result", glyph: "warning", tone: "ink" },
};

/** All that rows of the board may show. */
export const BOARD_GLYPHS: readonly GlyphName[] = [
  ...new Set([...Object.values(STATUS_LOOKS), ...Object.values(CONCERN_COUNTS)].map(({ glyph }) => glyph)),
];
