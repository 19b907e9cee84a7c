type PrintLayoutProps = {
  /** What lies across the paper: the whole page, or only what is marked `print-wide`. */
  readonly landscape: "page" | "wide tables";
  /** The size that every other size follows, for tables that must fit the width of the paper. */
  readonly rootPx: number;
};

const LANDSCAPE = {
  page: "@page{size:landscape}",
  "wide tables": "@page wide{size:landscape}.print-wide{page:wide}",
} as const;

/** How a page of wide tables goes on paper. */
export const PrintLayout = ({ landscape, rootPx }: PrintLayoutProps) => (
  <style>{`@media print{html{font-size:${String(rootPx)}px}}${LANDSCAPE[landscape]}`}</style>
);
