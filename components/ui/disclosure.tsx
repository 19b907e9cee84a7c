import type { ReactNode } from "react";
import { Glyph } from "./glyph";

type DisclosureProps = {
  readonly summary: ReactNode;
  readonly children: ReactNode;
  readonly open?: boolean;
  readonly className?: string;
};

/** Opens in place what lies behind a sentence ("Why"). The platform's own, so it needs no script. */
export const Disclosure = ({ summary, children, open = false, className = "" }: DisclosureProps) => (
  <details open={open} className={`group/disclosure ${className}`}>
    <summary className="inline-flex min-h-6 list-none items-center gap-1.5 text-sm font-medium text-accent-strong underline-offset-4 hover:underline pointer-coarse:min-h-11">
      <Glyph name="chevron" className="text-[0.8em] transition-transform group-open/disclosure:rotate-90" />
      {summary}
    </summary>
    <div className="pt-1.5 pb-1">{children}</div>
  </details>
);
