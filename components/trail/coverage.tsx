import Link from "next/link";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { EXCEPTION_KINDS, type ExceptionKind, type ReviewStanding } from "@/lib/domain/trail/exceptions";
import { EXCEPTION_KIND_LIST } from "./exception-filters";
import { EXCEPTION_TITLES } from "./exception-titles";

/** How much of a kind has been read, and by whom. */
type CoverageLine = {
  readonly kind: ExceptionKind;
  readonly total: number;
  readonly reviewed: number;
  readonly followUp: number;
  /** "Ada Auditor 3, Bo Auditor 1". */
  readonly by: string;
};

type Counted = {
  readonly kind: ExceptionKind;
  readonly standing: ReviewStanding;
  readonly review: { readonly signerName: string } | null;
};

/** Counts by kind, the gravest first. What changed after its review counts as not read. */
export const coverageOf = (exceptions: readonly Counted[]): readonly CoverageLine[] =>
  EXCEPTION_KIND_LIST.map((kind) => {
    const own = exceptions.filter((exception) => exception.kind === kind);
    const by = new Map<string, number>();
    for (const { review, standing } of own)
      if (review !== null && standing !== "open") by.set(review.signerName, (by.get(review.signerName) ?? 0) + 1);
    return {
      kind,
      total: own.length,
      reviewed: own.filter(({ standing }) => standing === "reviewed").length,
      followUp: own.filter(({ standing }) => standing === "follow-up").length,
      by: [...by].map(([name, count]) => `${name} ${String(count)}`).join(", "),
    };
  });

type CoverageProps = {
  readonly lines: readonly CoverageLine[];
  readonly hrefOf: (kind: ExceptionKind) => string;
};

/** How many of the exceptions were read, by whom, kind by kind in the order of rank; each kind is the filter for its own. */
export const Coverage = ({ lines, hrefOf }: CoverageProps) => (
  <Table caption="Coverage">
    <thead>
      <tr>
        <HeadCell identity>Kind</HeadCell>
        <HeadCell numeric>Reviewed</HeadCell>
        <HeadCell numeric>To follow up</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell>What it is, and why it stands here</HeadCell>
      </tr>
    </thead>
    <tbody>
      {lines.map(({ kind, total, reviewed, followUp, by }) => (
        <tr key={kind}>
          <IdentityCell>
            <Link
              href={hrefOf(kind)}
              prefetch={false}
              className="inline-flex min-h-6 items-center underline-offset-4 hover:underline pointer-coarse:min-h-11"
            >
              {EXCEPTION_TITLES[kind]}
            </Link>
          </IdentityCell>
          <Cell numeric>
            {total === 0 ? <span className="text-ink-faint">none</span> : `${String(reviewed)} of ${String(total)}`}
          </Cell>
          <Cell numeric>{followUp === 0 ? <span aria-hidden="true">·</span> : followUp}</Cell>
          <Cell>{by === "" ? <span className="whitespace-nowrap text-ink-faint">nobody yet</span> : by}</Cell>
          <Cell className="min-w-72 text-ink-soft">
            {EXCEPTION_KINDS[kind].means}: {EXCEPTION_KINDS[kind].because}.
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
