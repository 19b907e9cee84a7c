import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Glyph } from "@/components/ui/glyph";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import type { StudyOverview } from "@/lib/contracts/study-overview";
import { CONCERNS } from "@/lib/domain/animal/attention";
import { CONCERN_COUNTS, TONE_INK } from "./board-looks";
import { rolesText } from "@/lib/domain/language/code-words";

type StudiesTableProps = {
  readonly overviews: readonly StudyOverview[];
  readonly addressOf: (code: string) => string;
};

const NeedsCell = ({ overview }: { readonly overview: StudyOverview }) => {
  const found = CONCERNS.filter((concern) => overview.concerns[concern] !== undefined);
  if (overview.study.animals === 0) return <Cell className="text-ink-faint">no animals yet</Cell>;
  if (found.length === 0) return <Cell className="text-ink-soft">nothing pending</Cell>;
  return (
    <Cell>
      <ul className="flex flex-wrap gap-x-4 gap-y-0.5">
        {found.map((concern) => {
          const { words, glyph, tone } = CONCERN_COUNTS[concern];
          return (
            <li key={concern} className={`whitespace-nowrap ${TONE_INK[tone]}`}>
              <Glyph name={glyph} className="mr-1 text-[0.8em]" />
              <span className="font-semibold">{overview.concerns[concern]}</span> {words}
            </li>
          );
        })}
      </ul>
    </Cell>
  );
};

/** The studies that somebody has a part in, a row each. */
export const StudiesTable = ({ overviews, addressOf }: StudiesTableProps) => (
  <Table caption="Your studies">
    <thead>
      <tr>
        <HeadCell identity>Study</HeadCell>
        <HeadCell>Species and strain</HeadCell>
        <HeadCell>Status</HeadCell>
        <HeadCell>You are</HeadCell>
        <HeadCell numeric>Animals</HeadCell>
        <HeadCell>Needs somebody</HeadCell>
      </tr>
    </thead>
    <tbody>
      {overviews.map((overview) => {
        const { code, title, species, strain, status, imported, roles, animals } = overview.study;
        return (
          <tr key={code}>
            <IdentityCell>
              <Link
                href={addressOf(code)}
                className="inline-flex min-h-9 items-center font-semibold underline-offset-4 hover:underline pointer-coarse:min-h-11"
              >
                {code}
              </Link>
              {title === "" ? null : <span className="ml-3 font-normal text-ink-soft">{title}</span>}
            </IdentityCell>
            <Cell>
              {species}
              {strain === null ? null : <span className="text-ink-soft">, {strain}</span>}
            </Cell>
            <Cell className="whitespace-nowrap">
              {status.toLowerCase()} {imported ? <Badge>imported</Badge> : null}
            </Cell>
            <Cell>{rolesText(roles)}</Cell>
            <Cell numeric>{animals}</Cell>
            <NeedsCell overview={overview} />
          </tr>
        );
      })}
    </tbody>
  </Table>
);
