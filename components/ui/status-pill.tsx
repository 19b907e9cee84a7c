import type { ReactNode } from "react";
import { Glyph, type GlyphName } from "./glyph";

type Look = { readonly glyph: GlyphName; readonly word: string; readonly className: string };

/** Glyph, word and colour of each state, in this one place; each is told by its glyph and word alone. */
const LOOKS = {
  NOT_STARTED: { glyph: "ring", word: "not started", className: "bg-sunken text-ink-soft" },
  ON_DOSE: { glyph: "play", word: "on dose", className: "bg-accent-soft text-accent-strong" },
  WITHHELD: { glyph: "pause", word: "withheld", className: "bg-withheld-soft text-withheld" },
  DISCONTINUED: { glyph: "stop", word: "discontinued", className: "bg-stopped-soft text-stopped" },
  OFF_STUDY: { glyph: "cross", word: "off study", className: "bg-sunken text-ink-soft" },
  DUE: { glyph: "clock", word: "due", className: "bg-sunken text-ink" },
  WAITING: { glyph: "person", word: "waiting for an order", className: "bg-waiting-soft text-waiting" },
  REFUSED: { glyph: "cross", word: "refused", className: "bg-stopped-soft text-stopped" },
} as const satisfies Readonly<Record<string, Look>>;

export type PillState = keyof typeof LOOKS;

type StatusPillProps = {
  readonly state: PillState;
  /** Words in place of the state's own, or more of them: "withheld since day 29". */
  readonly children?: ReactNode;
  readonly large?: boolean;
};

export const StatusPill = ({ state, children, large = false }: StatusPillProps) => {
  const look = LOOKS[state];
  const size = large ? "px-3.5 py-1.5 text-lg" : "px-2 py-0.5 text-sm";
  return (
    <span
      className={`inline-flex items-center gap-1.5 rounded-full font-medium whitespace-nowrap ${size} ${look.className}`}
    >
      <Glyph name={look.glyph} />
      {children ?? look.word}
    </span>
  );
};
