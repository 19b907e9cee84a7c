import type { ReactNode } from "react";

type MessagePageProps = { readonly title: string; readonly children: ReactNode; readonly actions: ReactNode };

/** A whole page that only says something: not found, not allowed, something broke. */
export const MessagePage = ({ title, children, actions }: MessagePageProps) => (
  <main className="mx-auto flex min-h-[70dvh] max-w-prose flex-col justify-center gap-3 px-6 py-12">
    <h1 className="text-2xl font-semibold">{title}</h1>
    <div className="space-y-2 text-lg text-ink-soft">{children}</div>
    <div className="mt-2 flex flex-wrap gap-2">{actions}</div>
  </main>
);
