import { Glyph } from "@/components/ui/glyph";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { EXCEPTION_KINDS, type ExceptionKind } from "@/lib/domain/audit-reading/exceptions";

/** An exception as it is listed. */
export type ListedException = {
  readonly key: string;
  readonly kind: ExceptionKind;
  readonly says: string;
  readonly animal: string | null;
  readonly href: string | null;
  /** "3 Mar 2026, 14:05". */
  readonly at: string;
  readonly by: string | null;
  /** "Ada Auditor, 4 Mar 2026: Reviewed, and decided as it says"; null while nobody has. */
  readonly review: string | null;
};

type ExceptionTableProps = {
  readonly exceptions: readonly ListedException[];
  /** What is ticked; null for those who may not mark. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChoose: (key: string, chosen: boolean) => void;
};

export const EXCEPTION_TITLES: Readonly<Record<ExceptionKind, string>> = {
  CORRECTED_AFTER_GRADE_3: "Corrected after grade 3",
  OVERRIDE: "Override",
  REFUSED: "Refused attempt",
  SIGN_IN_TROUBLE: "Sign-in trouble",
  OWN_CORRECTION: "Own correction",
  NEAR_EDGE: "Near an edge",
  LATE: "Late entry",
};

const About = ({ animal, href }: Pick<ListedException, "animal" | "href">) =>
  animal === null ? (
    <span className="text-ink-faint">no animal</span>
  ) : href === null ? (
    animal
  ) : (
    <a
      href={href}
      className="inline-flex min-h-6 items-center underline-offset-4 hover:underline pointer-coarse:min-h-11"
    >
      {animal}
    </a>
  );

const Review = ({ review }: Pick<ListedException, "review">) =>
  review === null ? (
    <span className="text-ink-faint">not reviewed</span>
  ) : (
    <>
      <Glyph name="check" className="mr-1.5 text-accent" />
      {review}
    </>
  );

/** Exceptions, the gravest first, each with who has reviewed it; an auditor ticks what was read. */
export const ExceptionTable = ({ exceptions, chosen, onChoose }: ExceptionTableProps) => (
  <Table caption="Exceptions" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>Animal</HeadCell>
        {chosen === null ? null : <HeadCell className="print:hidden">Read</HeadCell>}
        <HeadCell>Kind</HeadCell>
        <HeadCell>What</HeadCell>
        <HeadCell>Known</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell>Reviewed</HeadCell>
      </tr>
    </thead>
    <tbody>
      {exceptions.map((exception) => (
        <tr key={exception.key}>
          <IdentityCell>
            <About animal={exception.animal} href={exception.href} />
          </IdentityCell>
          {chosen === null ? null : (
            <Cell className="align-middle print:hidden">
              <label className="inline-flex min-h-6 min-w-6 items-center justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11">
                <input
                  type="checkbox"
                  checked={chosen.has(exception.key)}
                  onChange={(event) => onChoose(exception.key, event.target.checked)}
                  aria-label={`Read: ${exception.says}`}
                  className="size-[1.25em] accent-accent"
                />
              </label>
            </Cell>
          )}
          <Cell className="whitespace-nowrap" title={EXCEPTION_KINDS[exception.kind]}>
            {EXCEPTION_TITLES[exception.kind]}
          </Cell>
          <Cell className="min-w-64">{exception.says}</Cell>
          <Cell className="whitespace-nowrap">{exception.at}</Cell>
          <Cell>{exception.by ?? <span className="text-ink-faint">not said</span>}</Cell>
          <Cell className="min-w-40 text-sm">
            <Review review={exception.review} />
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
