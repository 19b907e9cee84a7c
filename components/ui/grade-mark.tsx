import type { ReactNode } from "react";

const GROUNDS = ["", "bg-grade-1", "bg-grade-2", "bg-grade-3", "bg-grade-4", "bg-grade-4"] as const;

/** The background of a table cell whose value has this grade. The grade's number stands beside the value as well. */
export const gradeGround = (grade: number | null): string => GROUNDS[grade ?? 0] ?? "";

type GradeMarkProps = { readonly grade: number | null; readonly children: ReactNode };

/** A value with its grade as a small number above it, heavier from grade 3. Grade 0 and ungraded values stand alone. */
export const GradeMark = ({ grade, children }: GradeMarkProps) => (
  <span className={grade !== null && grade >= 3 ? "font-semibold" : ""}>
    {children}
    {grade === null || grade === 0 ? null : (
      <>
        <sup aria-hidden="true" className="ml-0.5 text-[0.72em] leading-none font-medium text-ink-soft">
          {grade}
        </sup>
        <span className="sr-only"> grade {grade}</span>
      </>
    )}
  </span>
);

/** The ground of a cell in a table of many rows (app/rows.css). */
export const gradeClass = (grade: number | null): string =>
  grade === null || grade === 0 ? "" : `g${String(Math.min(grade, 4))}`;

/** The grade after a value in such a cell. */
export const RowGrade = ({ grade }: { readonly grade: number | null }) =>
  grade === null || grade === 0 ? null : (
    <>
      <sup aria-hidden="true">{grade}</sup>
      <span className="sr-only">{` grade ${String(grade)}`}</span>
    </>
  );
