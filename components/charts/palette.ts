/**
 * The light values of the colours in app/globals.css, for drawings that leave the page (a PDF, a PNG, a mail). In a page
 * the variable wins, so one drawing serves light, dark and paper.
 */
export const LIGHT = {
  ground: "#faf9f6",
  surface: "#ffffff",
  sunken: "#f3f1ec",
  ink: "#1d1b18",
  "ink-soft": "#55514a",
  "ink-faint": "#6d685f",
  hairline: "#e7e3db",
  edge: "#8c867b",
  accent: "#0f766e",
  "accent-strong": "#0b5c56",
  "accent-soft": "#e3f1ef",
  "on-accent": "#ffffff",
  withheld: "#8a4a00",
  "withheld-edge": "#c27c10",
  "withheld-soft": "#fdf0cf",
  stopped: "#b01f1a",
  "stopped-soft": "#fce8e5",
  waiting: "#1f4fb4",
  "waiting-soft": "#e6edfb",
  "grade-1": "#fdf9dd",
  "grade-2": "#fdeeb8",
  "grade-3": "#fcdcc0",
  "grade-4": "#f8c9c3",
} as const;

export type Tone = keyof typeof LIGHT;

/** A paint for an SVG attribute: the page's variable, else the light value. */
export const paint = (tone: Tone): string => `var(--${tone}, ${LIGHT[tone]})`;

/** The tone of a grade's band or point; grades above 4 share that of 4. */
export const gradeTone = (grade: number): Tone => {
  if (grade >= 4) return "grade-4";
  if (grade === 3) return "grade-3";
  return grade === 2 ? "grade-2" : "grade-1";
};
