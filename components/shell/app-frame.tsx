import Link from "next/link";
import type { ReactNode } from "react";
import { Finder, type FinderSource } from "@/components/ui/finder";
import { KeyboardHelp } from "@/components/ui/keyboard-help";
import type { KeyLine } from "@/components/ui/page-keys";
import { UserMenu, type UserMenuProps } from "./user-menu";

export type Tab = { readonly key: string; readonly label: string; readonly href: string };

type AppFrameProps = {
  /** The study that the page is about; null on pages above the studies. */
  readonly study: { readonly code: string; readonly title: string; readonly href: string } | null;
  /** Only pages that exist and that the reader may open. */
  readonly tabs: readonly Tab[];
  /** The key of the tab that the page belongs to. */
  readonly current: string | null;
  readonly user: UserMenuProps;
  /** What ⌘K finds: the animals of the study. None: no finder. */
  readonly finder?: FinderSource;
  /** Keys of this page, before those that work everywhere. */
  readonly keys?: readonly KeyLine[];
  /** A line across the top: what was known at an instant, a locked study, no network. */
  readonly banner?: ReactNode;
  /** Whose page it is, for pages about one animal: an IdentityBar. Never scrolls out of sight. */
  readonly identity?: ReactNode;
  readonly children: ReactNode;
};

const KEYS_EVERYWHERE: readonly KeyLine[] = [
  { keys: ["Tab"], does: "Next field or link" },
  { keys: ["Esc"], does: "Close, or go back" },
  { keys: ["?"], does: "This list" },
];
const FINDER_KEYS: KeyLine = { keys: ["⌘ K", "Ctrl K"], does: "Find an animal" };

const Tabs = ({ tabs, current }: Pick<AppFrameProps, "tabs" | "current">) => (
  <nav
    aria-label="Study"
    className="-mx-1 flex min-w-0 overflow-x-auto px-1 max-lg:order-last max-lg:w-full print:hidden"
  >
    {tabs.map(({ key, label, href }) => (
      <Link
        key={key}
        href={href}
        aria-current={key === current ? "page" : undefined}
        className={
          "flex min-h-9 items-center rounded-control px-3 whitespace-nowrap pointer-coarse:min-h-11 pointer-coarse:text-lg " +
          (key === current ? "bg-sunken font-semibold text-ink" : "text-ink-soft hover:text-ink")
        }
      >
        {label}
      </Link>
    ))}
  </nav>
);

/**
 * The frame of every signed-in page: whose study this is, where one is in it, who one is. It stays while the page
 * scrolls; on a tablet, where height is short, only the banner and the animal's identity do.
 */
export const AppFrame = ({
  study,
  tabs,
  current,
  user,
  finder,
  keys = [],
  banner,
  identity,
  children,
}: AppFrameProps) => (
  <>
    <a
      href="#content"
      className="sr-only z-50 rounded-control bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      To the content
    </a>
    <header className="sticky top-0 z-40 max-lg:-top-22 print:static max-lg:pointer-coarse:-top-26">
      <div className="flex min-h-12 flex-wrap items-center gap-x-5 gap-y-1 border-b border-hairline bg-surface px-5 py-1.5 print:px-0">
        <Link
          href={study?.href ?? "/studies"}
          className="flex min-h-9 items-baseline gap-2 pt-1.5 font-semibold whitespace-nowrap"
        >
          {study?.code ?? "Doseline"}
          {study === null ? null : (
            <span className="max-w-72 truncate text-sm font-normal text-ink-faint max-2xl:sr-only print:not-sr-only print:max-w-none">
              {study.title}
            </span>
          )}
        </Link>
        {tabs.length === 0 ? null : <Tabs tabs={tabs} current={current} />}
        <div className="ml-auto flex items-center gap-3">
          <KeyboardHelp lines={[...keys, ...(finder === undefined ? [] : [FINDER_KEYS]), ...KEYS_EVERYWHERE]} />
          {finder === undefined ? null : <Finder source={finder} what="an animal" />}
          <UserMenu {...user} />
        </div>
      </div>
      {banner === undefined ? null : (
        <div className="border-b border-hairline bg-ground px-5 py-2 print:px-0">{banner}</div>
      )}
      {identity}
    </header>
    <main id="content" tabIndex={-1} className="min-w-0 flex-1 px-5 py-4 outline-none print:p-0 print:pt-3">
      {children}
    </main>
  </>
);
