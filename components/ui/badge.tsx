import type { ReactNode } from "react";

type BadgeProps = { readonly children: ReactNode; readonly tone?: "plain" | "withheld" | "stopped" | "waiting" };

const TONES = {
  plain: "border-hairline text-ink-soft",
  withheld: "border-withheld-edge text-withheld",
  stopped: "border-stopped text-stopped",
  waiting: "border-waiting text-waiting",
} as const;

/** A short fact beside another: "protocol 2", "late 26 h", "corrected". */
export const Badge = ({ children, tone = "plain" }: BadgeProps) => (
  <span className={`inline-flex items-center gap-1 rounded border px-1.5 text-xs whitespace-nowrap ${TONES[tone]}`}>
    {children}
  </span>
);
