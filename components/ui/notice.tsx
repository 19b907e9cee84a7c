import type { ReactNode } from "react";
import { Glyph, type GlyphName } from "./glyph";

type NoticeTone = "ink" | "withheld" | "stopped" | "waiting" | "accent";

type NoticeProps = {
  readonly tone: NoticeTone;
  readonly title: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /** Announced when it appears, for what follows from something the reader did. */
  readonly live?: boolean;
};

const TONES: Readonly<Record<NoticeTone, { readonly className: string; readonly glyph: GlyphName }>> = {
  ink: { className: "bg-ink text-ground", glyph: "clock" },
  accent: { className: "bg-accent-soft text-ink", glyph: "check" },
  withheld: { className: "bg-withheld-soft text-ink", glyph: "pause" },
  stopped: { className: "bg-stopped-soft text-ink", glyph: "warning" },
  waiting: { className: "bg-waiting-soft text-ink", glyph: "person" },
};

/** One line across a page or panel: no network, a locked study, what was known at an instant, what saving would do. */
export const Notice = ({ tone, title, children, actions, live = false }: NoticeProps) => {
  const look = TONES[tone];
  return (
    <div
      role={live ? "status" : undefined}
      className={`flex flex-wrap items-baseline gap-x-2.5 gap-y-1 rounded-control px-3.5 py-2 ${look.className}`}
    >
      <Glyph name={look.glyph} className="self-center" />
      <strong className="font-semibold">{title}</strong>
      {children === undefined ? null : <span>{children}</span>}
      {actions === undefined ? null : <span className="ml-auto flex gap-3 print:hidden">{actions}</span>}
    </div>
  );
};
