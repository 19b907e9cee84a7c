import Link from "next/link";
import type { ReactNode } from "react";
import { Glyph } from "@/components/ui/glyph";
import { LateMark } from "@/components/ui/late-mark";
import { Unit } from "@/components/ui/quantity";
import { StatusPill } from "@/components/ui/status-pill";
import { Cell, HeadCell, IdentityCell, NotMeasured, Table } from "@/components/ui/table";
import { daysBetween } from "@/lib/domain/time/study-day";
import { Decimal } from "@/lib/domain/decimal";
import { lateText } from "@/lib/domain/record/late";
import { type BoardSection, LONG_HOLD_DAYS, type Now } from "@/lib/domain/animal/attention";
import { sexWord, toxicityWord } from "@/lib/domain/language/animal-words";
import { shownWeight, weightChangeText } from "@/lib/domain/animal/weight-change";
import { gradeGround } from "@/components/ui/grade-mark";
import type { BoardAddresses } from "./board-addresses";
import type { BoardRow, BoardView } from "./board-view";
import { CONCERN_COUNTS, TONE_INK } from "./concern-words";
import { type AnimalDays, dayWord } from "@/lib/domain/language/day-words";
import { ValueCell } from "./value-cell";

type BoardTableProps = {
  readonly view: BoardView;
  readonly doseUnit: string;
  readonly addresses: BoardAddresses;
  readonly now: Now;
  /** The dose of each animal over time, by tag; drawn by the page. */
  readonly strips: ReadonlyMap<string, ReactNode>;
};

const SECTION_WORDS: Readonly<Record<BoardSection, string>> = {
  attention: "Needs you",
  withheld: "Withheld, longest first",
  "on-dose": "On dose, highest grade first",
  "not-started": "Not started",
  control: "Control",
  discontinued: "Discontinued",
  "off-study": "Off study",
};

const StatusCell = ({
  row: { animal, overview },
  now,
  days,
}: {
  readonly row: BoardRow;
  readonly now: Now;
  readonly days: AnimalDays;
}) => {
  const since = overview.standing.hold?.sinceMs;
  const { lastDecision } = overview.standing;
  const late = lastDecision === null ? null : lateText(lastDecision.observedMs, lastDecision.recordedMs);
  const held = since === undefined ? null : daysBetween(since, now.ms, now.timeZone);
  return (
    <Cell className="whitespace-nowrap">
      <StatusPill state={animal.status} />
      {since === undefined || held === null ? null : (
        <span className={`ml-2 text-xs ${held >= LONG_HOLD_DAYS ? "font-semibold text-withheld" : "text-ink-faint"}`}>
          since {dayWord(since, days)}, {held} d
        </span>
      )}
      {late === null ? null : (
        <span className="block" title={`The last decision became known ${late} after it was observed`}>
          <LateMark late={late} />
        </span>
      )}
    </Cell>
  );
};

const WeightCells = ({ row: { animal, overview }, days }: { readonly row: BoardRow; readonly days: AnimalDays }) => {
  const { latest, baselineWeight } = animal.summary;
  const { weight } = overview;
  if (latest.weight === undefined) {
    return (
      <>
        <Cell numeric>
          <NotMeasured />
        </Cell>
        <Cell />
      </>
    );
  }
  const grams = new Decimal(latest.weight.value);
  const shown = shownWeight(grams, weight?.reference ?? grams);
  const reference = weight === null ? null : shownWeight(weight.reference);
  return (
    <>
      <Cell numeric>
        {latest.weight.qualifier === null ? "" : `${latest.weight.qualifier} `}
        {shown.value} <Unit>{shown.unit}</Unit>
        <span className="ml-2 inline-block min-w-12 text-left text-xs text-ink-faint">
          {dayWord(latest.weight.observedMs, days)}
        </span>
      </Cell>
      <Cell className={`whitespace-nowrap ${gradeGround(latest.weight.grade)}`}>
        {weight === null || reference === null || baselineWeight === null ? (
          <span className="text-xs text-ink-faint">
            {days.firstDoseMs === null ? "before the first dose" : "no baseline"}
          </span>
        ) : (
          <>
            <span className={`inline-block min-w-14 text-right ${weight.alarm === null ? "" : "font-semibold"}`}>
              {weightChangeText(weight)} %
            </span>
            <span className="ml-1.5 text-xs text-ink-soft">
              of {reference.value} {reference.unit}, {dayWord(baselineWeight.observedMs, days)}
            </span>
          </>
        )}
      </Cell>
    </>
  );
};

const AnimalRow = ({
  row,
  doseUnit,
  addresses,
  now,
  strips,
}: { readonly row: BoardRow } & Omit<BoardTableProps, "view">) => {
  const { animal, overview } = row;
  const { latest, firstDoseMs } = animal.summary;
  const days = { firstDoseMs, timeZone: now.timeZone };
  const [concern] = overview.concerns;
  const mark = concern === undefined ? null : CONCERN_COUNTS[concern];
  const place = [sexWord(animal.sex), animal.group, animal.cage].filter((part) => part !== null).join(" · ");
  return (
    <tr>
      <IdentityCell>
        <Link
          href={addresses.animal(animal.tag)}
          prefetch={false}
          className="inline-flex min-h-6 items-center gap-1.5 font-semibold underline-offset-4 hover:underline pointer-coarse:min-h-11"
        >
          {mark === null ? null : <Glyph name={mark.glyph} className={`text-[0.8em] ${TONE_INK[mark.tone]}`} />}
          {animal.tag}
        </Link>
        {mark === null ? null : <span className="sr-only">, {mark.words}</span>}
        <span className="ml-2 text-xs font-normal text-ink-soft">{place}</span>
      </IdentityCell>
      <StatusCell row={row} now={now} days={days} />
      <Cell numeric>
        {animal.control ? (
          <span className="text-ink-soft">vehicle</span>
        ) : animal.status === "NOT_STARTED" ? (
          <NotMeasured />
        ) : (
          <>
            {animal.dose} <Unit>{doseUnit}</Unit>
          </>
        )}
      </Cell>
      {(["neutrophils", "platelets", "alt"] as const).map((name) => {
        const value = latest[name];
        return <ValueCell key={name} value={value} day={value === undefined ? "" : dayWord(value.observedMs, days)} />;
      })}
      <WeightCells row={row} days={days} />
      <Cell className="whitespace-nowrap">
        {animal.openToxicities.length === 0 ? (
          <span className="text-ink-faint">none</span>
        ) : (
          animal.openToxicities.map(toxicityWord).join(", ")
        )}
      </Cell>
      <Cell className="min-w-44 align-middle">{strips.get(animal.tag)}</Cell>
    </tr>
  );
};

const COLUMNS = 10;

/** Every animal, a row each, in the order of what needs attention. Heading and animal stay in sight while it scrolls. */
export const BoardTable = ({ view, ...rest }: BoardTableProps) => (
  <Table caption="Animals of the study" maxHeight="most">
    <thead>
      <tr>
        <HeadCell identity>Animal</HeadCell>
        <HeadCell>Status</HeadCell>
        <HeadCell numeric>Dose in force</HeadCell>
        <HeadCell numeric>
          Neutrophils <Unit>10⁹/L</Unit>
        </HeadCell>
        <HeadCell numeric>
          Platelets <Unit>10⁹/L</Unit>
        </HeadCell>
        <HeadCell numeric>
          ALT <Unit>U/L</Unit>
        </HeadCell>
        <HeadCell numeric>Body weight</HeadCell>
        <HeadCell>Change from baseline</HeadCell>
        <HeadCell>Open toxicities</HeadCell>
        <HeadCell>Dose over time</HeadCell>
      </tr>
    </thead>
    {view.sections.map(({ section, rows }) => (
      <tbody key={section}>
        <tr>
          <th
            scope="rowgroup"
            colSpan={COLUMNS}
            className="border-b border-hairline bg-sunken px-2.5 py-1 text-left text-xs font-medium text-ink-soft"
          >
            <span className="sticky left-2.5">
              {SECTION_WORDS[section]} · {rows.length}
            </span>
          </th>
        </tr>
        {rows.map((row) => (
          <AnimalRow key={row.animal.tag} row={row} {...rest} />
        ))}
      </tbody>
    ))}
  </Table>
);
