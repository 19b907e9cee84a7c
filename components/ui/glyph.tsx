/**
 * The few signs of the interface, drawn rather than typed, so that they look alike on every machine, in print and inside
 * drawings. Each is one path in a 16 × 16 box, filled with the current colour.
 */
export const GLYPH_PATHS = {
  pause: "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z",
  play: "M4 2.2v11.6L13.6 8z",
  stop: "M3 3h10v10H3z",
  clock:
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zm0 1.6a4.9 4.9 0 1 1 0 9.8 4.9 4.9 0 0 1 0-9.8zM8 8h4.2A4.2 4.2 0 0 0 8 3.8z",
  ring: "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zm0 1.7a4.3 4.3 0 1 1 0 8.6 4.3 4.3 0 0 1 0-8.6z",
  cross: "M3.9 2.6 8 6.7l4.1-4.1 1.3 1.3L9.3 8l4.1 4.1-1.3 1.3L8 9.3l-4.1 4.1-1.3-1.3L6.7 8 2.6 3.9z",
  check: "m6.4 12.9-4.2-4.2 1.3-1.3 2.9 2.9 6.1-6.2 1.3 1.3z",
  down: "M2.4 4.6h11.2L8 12.8z",
  up: "M2.4 11.4h11.2L8 3.2z",
  warning: "M8 1.4 15.2 14H.8zM7.2 6v4h1.6V6zm0 5.2v1.5h1.6v-1.5z",
  order: "M8 1.2 14.8 8 8 14.8 1.2 8z",
  person: "M8 1.8a3.1 3.1 0 1 1 0 6.2 3.1 3.1 0 0 1 0-6.2zM2.4 14.2c0-3.3 2.4-5.2 5.6-5.2s5.6 1.9 5.6 5.2z",
  chevron: "m5.3 2.7 1.2-1.2L13 8l-6.5 6.5-1.2-1.2L10.6 8z",
  search:
    "M6.8 1.6a5.2 5.2 0 1 1 0 10.4 5.2 5.2 0 0 1 0-10.4zm0 1.6a3.6 3.6 0 1 0 0 7.2 3.6 3.6 0 0 0 0-7.2zm4.3 6.8 3.6 3.6-1.1 1.1L10 11.1z",
} as const;

export type GlyphName = keyof typeof GLYPH_PATHS;

type GlyphProps = { readonly name: GlyphName; readonly className?: string };

/** Decoration beside a word that says the same: hidden from assistive technology. Sized by the text around it. */
export const Glyph = ({ name, className = "" }: GlyphProps) => (
  <svg
    viewBox="0 0 16 16"
    width="16"
    height="16"
    aria-hidden="true"
    focusable="false"
    className={`inline-block h-[0.85em] w-[0.85em] shrink-0 fill-current ${className}`}
  >
    <path d={GLYPH_PATHS[name]} fillRule="evenodd" />
  </svg>
);
