import { type ReactNode, useId } from "react";

type PanelProps = {
  readonly title: ReactNode;
  /** Beside the title, in a softer ink: a count, a denominator, a date. */
  readonly note?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Tables and lists reach to the edge; text and fields keep a margin. */
  readonly flush?: boolean;
  readonly className?: string;
  readonly level?: 2 | 3;
};

export const Panel = ({ title, note, actions, children, flush = false, className = "", level = 2 }: PanelProps) => {
  const titleId = useId();
  const Heading = level === 2 ? "h2" : "h3";
  return (
    <section
      aria-labelledby={titleId}
      className={`min-w-0 rounded-panel border border-hairline bg-surface print:border-0 ${className}`}
    >
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-hairline px-4 py-1.5 print:px-0">
        <Heading id={titleId} className="text-base font-semibold">
          {title}
        </Heading>
        {note === undefined ? null : <div className="text-sm text-ink-soft">{note}</div>}
        {actions === undefined ? null : <div className="ml-auto flex flex-wrap items-center gap-2">{actions}</div>}
      </header>
      <div className={flush ? "" : "px-4 py-3 print:px-0"}>{children}</div>
    </section>
  );
};
