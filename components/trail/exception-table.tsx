import { Glyph } from "@/components/ui/glyph";
import { Cell, HeadCell, IdentityCell, Table } from "@/components/ui/table";
import { EXCEPTION_KINDS, type ExceptionKind, type ReviewStanding } from "@/lib/domain/trail/exceptions";
import { EXCEPTION_TITLES } from "./exception-titles";

/** An exception as it is listed. */
export type ListedException = {
  readonly key: string;
  readonly kind: ExceptionKind;
  readonly says: string;
  /** The animal, or where there is none the person that it is about, and where that is looked at. */
  readonly about: string | null;
  readonly href: string | null;
  /** "3 Mar 2026, 14:05". */
  readonly at: string;
  /** ISO 8601: what it says is as of then. */
  readonly changedAt: string;
  readonly by: string | null;
  readonly standing: ReviewStanding;
  /** "Ada Auditor, 4 Mar 2026: Reviewed, and decided as it says"; null while nobody has. */
  readonly review: string | null;
};

type ExceptionTableProps = {
  readonly exceptions: readonly ListedException[];
  /** The time zone of `at`. */
  readonly timeZone: string;
  /** What is ticked; null for those who may not mark. */
  readonly chosen: ReadonlySet<string> | null;
  readonly onChoose: (keys: readonly string[], chosen: boolean) => void;
};

const TARGET =
  "inline-flex min-h-6 min-w-6 items-center justify-center pointer-coarse:min-h-11 pointer-coarse:min-w-11";

const About = ({ about, href }: Pick<ListedException, "about" | "href">) =>
  about === null ? (
    <span className="text-ink-faint">no animal</span>
  ) : href === null ? (
    about
  ) : (
    <a
      href={href}
      className="inline-flex min-h-6 items-center underline-offset-4 hover:underline pointer-coarse:min-h-11"
    >
      {about}
    </a>
  );

const Review = ({ review, standing }: Pick<ListedException, "review" | "standing">) => {
  if (review === null) return <span className="text-ink-faint">not reviewed</span>;
  if (standing === "open") {
    return (
      <>
        <Glyph name="warning" className="mr-1.5 text-withheld" />
        <span className="font-medium">Changed since</span> <span className="text-ink-soft">{review}</span>
      </>
    );
  }
  const isDone = standing === "reviewed";
  return (
    <>
      <Glyph name={isDone ? "check" : "clock"} className={`mr-1.5 ${isDone ? "text-accent" : "text-waiting"}`} />
      {review}
    </>
  );
};

const Tick = (input: {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}) => (
  <label className={TARGET}>
    <input
      type="checkbox"
      checked={input.checked}
      onChange={(event) => input.onChange(event.target.checked)}
      aria-label={input.label}
      className="size-[1.25em] accent-accent"
    />
  </label>
);

/** Exceptions, the gravest first, each with who has reviewed it; an auditor ticks what was read. */
export const ExceptionTable = ({ exceptions, timeZone, chosen, onChoose }: ExceptionTableProps) => (
  <Table caption="Exceptions" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>About</HeadCell>
        {chosen === null ? null : (
          <HeadCell className="print:hidden">
            <Tick
              label="Read: all that are listed here"
              checked={exceptions.every(({ key }) => chosen.has(key))}
              onChange={(checked) =>
                onChoose(
                  exceptions.map(({ key }) => key),
                  checked,
                )
              }
            />
            <span aria-hidden="true" className="ml-1">
              Read
            </span>
          </HeadCell>
        )}
        <HeadCell>Kind</HeadCell>
        <HeadCell>What</HeadCell>
        <HeadCell>Known ({timeZone})</HeadCell>
        <HeadCell>By</HeadCell>
        <HeadCell>Reviewed</HeadCell>
      </tr>
    </thead>
    <tbody>
      {exceptions.map((exception) => (
        <tr key={exception.key}>
          <IdentityCell className="max-w-44 wrap-anywhere whitespace-normal">
            <About about={exception.about} href={exception.href} />
          </IdentityCell>
          {chosen === null ? null : (
            <Cell className="align-middle print:hidden">
              <Tick
                label={`Read: ${exception.says}`}
                checked={chosen.has(exception.key)}
                onChange={(checked) => onChoose([exception.key], checked)}
              />
            </Cell>
          )}
          <Cell className="whitespace-nowrap" title={EXCEPTION_KINDS[exception.kind].means}>
            {EXCEPTION_TITLES[exception.kind]}
          </Cell>
          <Cell className="min-w-64">{exception.says}</Cell>
          <Cell className="whitespace-nowrap">{exception.at}</Cell>
          <Cell className="max-w-44 wrap-anywhere">
            {exception.by ?? <span className="text-ink-faint">not said</span>}
          </Cell>
          <Cell className="min-w-40 text-sm">
            <Review review={exception.review} standing={exception.standing} />
          </Cell>
        </tr>
      ))}
    </tbody>
  </Table>
);
