import type { ComponentProps, ReactNode } from "react";

type TableProps = {
  /** Names the table for those who do not see the heading above it. */
  readonly caption: string;
  readonly children: ReactNode;
  /** A height at which the rows scroll below the heading; without it the page scrolls. */
  readonly maxHeight?: "half" | "most";
  /** 56 px rows for gloves in place of the dense ones. */
  readonly tall?: boolean;
  /**
   * Cells have no looks of their own: a table of many rows has them from the styles, once (app/rows.css). Numbers in tight
   * rows, or texts in cells of several lines.
   */
  readonly rows?: "numbers" | "texts";
};

const HEIGHTS = { half: "max-h-[50dvh]", most: "max-h-[80dvh]" } as const;

/**
 * Numbers that are compared: tight rows, hairlines, no zebra. The heading and the identity column stay while the rest
 * scrolls, below what the page itself keeps in sight. A scrolling region can be reached and moved with the keyboard.
 */
export const Table = ({ caption, children, maxHeight, tall = false, rows }: TableProps) => (
  <div
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be scrollable with the keyboard
    tabIndex={0}
    role="group"
    aria-label={caption}
    className={`relative isolate overflow-x-auto print:max-h-none print:overflow-visible ${maxHeight === undefined ? "" : `overflow-y-auto ${HEIGHTS[maxHeight]}`}`}
  >
    <table
      className={`w-full border-separate border-spacing-0 text-base ${rows === undefined ? "" : `rows ${rows}`} ${tall ? "[&_td]:h-14 [&_th]:h-14" : ""}`}
    >
      <caption className="sr-only">{caption}</caption>
      {children}
    </table>
  </div>
);

const CELL = "border-b border-hairline px-2.5 py-1 align-baseline print:px-2";
const STICKY = "sticky left-0 z-10 bg-surface";

type HeadCellProps = ComponentProps<"th"> & { readonly numeric?: boolean; readonly identity?: boolean };

/** A column's heading: measure and unit. It stays at the top of a scrolling table. */
export const HeadCell = ({ numeric = false, identity = false, className = "", ...rest }: HeadCellProps) => (
  <th
    scope="col"
    {...rest}
    className={
      `sticky top-0 border-b border-hairline bg-surface px-2.5 py-1.5 align-bottom text-xs font-medium whitespace-nowrap text-ink-soft print:px-2 ` +
      `${numeric ? "text-right" : "text-left"} ${identity ? "left-0 z-30" : "z-20"} ${className}`
    }
  />
);

type CellProps = ComponentProps<"td"> & { readonly numeric?: boolean };

export const Cell = ({ numeric = false, className = "", ...rest }: CellProps) => (
  <td {...rest} className={`${CELL} ${numeric ? "text-right whitespace-nowrap" : ""} ${className}`} />
);

type IdentityCellProps = ComponentProps<"th">;

/** What the row is about; it stays at the left of a scrolling table. */
export const IdentityCell = ({ className = "", ...rest }: IdentityCellProps) => (
  <th scope="row" {...rest} className={`${CELL} ${STICKY} text-left font-medium whitespace-nowrap ${className}`} />
);

/** Nothing was measured here. Never a zero, never a blank that could be one. */
export const NotMeasured = () => (
  <span className="text-ink-faint">
    <span aria-hidden="true">·</span>
    <span className="sr-only">not measured</span>
  </span>
);

/** The same as a whole cell in a table of many rows. */
export const EmptyCell = ({ numeric = false }: { readonly numeric?: boolean }) => (
  <td className={numeric ? "num none" : "none"} aria-label="not measured" />
);
