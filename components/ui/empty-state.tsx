import type { ReactNode } from "react";

type EmptyStateProps = { readonly title: string; readonly children?: ReactNode; readonly action?: ReactNode };

/** What a screen says on its first day: what belongs here and what to do to get it. */
export const EmptyState = ({ title, children, action }: EmptyStateProps) => (
  <div className="flex flex-col items-start gap-2 px-4 py-8">
    <p className="text-lg font-semibold">{title}</p>
    {children === undefined ? null : <div className="max-w-prose text-ink-soft">{children}</div>}
    {action === undefined ? null : <div className="mt-1">{action}</div>}
  </div>
);
