import Link from "next/link";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { EXCEPTION_KINDS, type ExceptionKind } from "@/lib/domain/audit-reading/exceptions";
import { EXCEPTION_TITLES } from "./exception-table";

/** How much of a kind has been reviewed, and by whom. */
export type CoverageLine = {
  readonly kind: ExceptionKind;
  readonly total: number;
  readonly reviewed: number;
  /** "Ada Auditor 3, Bo Auditor 1". */
  readonly by: string;
};

type CoverageProps = {
  readonly lines: readonly CoverageLine[];
  readonly hrefOf: (kind: ExceptionKind) => string;
};

/** How many of the exceptions were reviewed, by whom, kind by kind; each kind is the filter for its own. */
export const Coverage = ({ lines, hrefOf }: CoverageProps) => (
  <Table caption="Coverage">
    <thead>
      <tr>
        <HeadCell identity>Kind</HeadCell>
        <HeadCell numeric>Reviewed</HeadCell>
        <HeadCell numeric>Of</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell>What it is</HeadCell>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ kind, total, reviewed, by }) => (
        <tr key={kind}>
          <IdentityCell>
            <Link
              href={hrefOf(kind)}
              className="inline-flex min-h-6 items-center underline-offset-4 hover:underline pointer-coarse:min-h-11"
            >
              {EXCEPTION_TITLES[kind]}
            </Link>
          </IdentityCell>
          <Cell numeric>{reviewed}</Cell>
          <Cell numeric>{total}</Cell>
          <Cell>{by === "" ? <span className="whitespace-nowrap text-ink-faint">nobody yet</span> : by}</Cell>
          <Cell className="text-ink-soft">{EXCEPTION_KINDS[kind]}</Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
