export type ButtonTone = "primary" | "plain" | "quiet" | "danger";

const BASE =
  "inline-flex min-h-(--control-height) items-center justify-center gap-2 rounded-control px-3.5 text-(length:--control-text) " +
  "font-medium whitespace-nowrap select-none transition-colors disabled:opacity-55 aria-disabled:opacity-55 print:hidden";

const TONES: Readonly<Record<ButtonTone, string>> = {
  primary: "bg-accent text-on-accent enabled:hover:bg-accent-strong [a&]:hover:bg-accent-strong",
  plain: "border border-edge bg-surface text-ink enabled:hover:bg-sunken [a&]:hover:bg-sunken",
  quiet: "text-accent-strong underline-offset-4 hover:underline px-2",
  danger: "border border-stopped bg-surface text-stopped enabled:hover:bg-stopped-soft [a&]:hover:bg-stopped-soft",
};

/** One look for what acts (Button) and what goes somewhere (LinkButton). */
export const buttonLook = (tone: ButtonTone, className?: string): string => `${BASE} ${TONES[tone]} ${className ?? ""}`;
