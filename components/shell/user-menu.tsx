import type { ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
import { ThemeChoice } from "./theme-choice";
import type { Theme } from "./theme";

export type UserMenuProps = {
  readonly name: string;
  /** The role in this study, in words: "Study director". */
  readonly role: string;
  readonly theme: Theme;
  /** Pages that belong to the person or the house, not to the study. */
  readonly links?: readonly { readonly label: string; readonly href: string }[];
  /** What signs out: a form with its button, made by the page. */
  readonly signOut: ReactNode;
};

/** Who is signed in and as what; opens without script, closes with Escape or a click beside it. */
export const UserMenu = ({ name, role, theme, links = [], signOut }: UserMenuProps) => (
  <>
    <button
      type="button"
      popoverTarget="user-menu"
      className="inline-flex min-h-9 items-center gap-2 rounded-control px-1.5 text-sm text-ink-soft hover:text-ink print:hidden pointer-coarse:min-h-11"
    >
      <span className="font-medium text-ink">{role}</span>
      <span className="max-md:sr-only">{name}</span>
      <Glyph name="chevron" className="rotate-90 text-[0.7em]" />
    </button>
    <div
      id="user-menu"
      popover="auto"
      aria-label="You"
      className="fixed top-12 right-4 bottom-auto left-auto m-0 w-64 rounded-panel border border-edge bg-surface p-4 text-ink"
    >
      <p className="font-semibold">{name}</p>
      <p className="text-sm text-ink-soft">{role}</p>
      {links.length === 0 ? null : (
        <ul className="mt-2 border-t border-hairline pt-1">
          {links.map(({ label, href }) => (
            <li key={href}>
              <a href={href} className="flex min-h-9 items-center hover:underline pointer-coarse:min-h-11">
                {label}
              </a>
            </li>
          ))}
        </ul>
      )}
      <div className="mt-3 border-t border-hairline pt-3">
        <ThemeChoice theme={theme} />
      </div>
      <div className="mt-3 border-t border-hairline pt-3">{signOut}</div>
    </div>
  </>
);
