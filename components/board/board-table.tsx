import { GlyphSprite } from "@/components/ui/glyph-sprite";
import { Unit } from "@/components/ui/quantity";
import { HeadCell, Table } from "@/components/ui/table";
import type { BoardSection, Now } from "@/lib/domain/animal/attention";
import { type BoardLine, boardLine } from "./board-line";
import { BoardRows } from "./board-rows";
import type { BoardView } from "./board-view";
import { BOARD_GLYPHS } from "./board-looks";

type BoardTableProps = {
  readonly view: BoardView;
  readonly doseUnit: string;
  /** The address of an animal's page is this, the tag, and `query`. */
  readonly animals: string;
  readonly query: string;
  readonly now: Now;
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

/** How many days an animal's strip is long: until dosing ended, or until now. */
const daysShown = (line: BoardLine): number => {
  const [strip, until] = [line[12], line[13]];
  return strip.find(([action]) => action === "DISCONTINUE" || action === "OFF_STUDY")?.[1] ?? until;
};

const COLUMNS = 10;

/** Every animal, a row each, in the order of what needs attention. Heading and animal stay in sight while it scrolls. */
export const BoardTable = ({ view, doseUnit, animals, query, now }: BoardTableProps) => {
  const sections = view.sections.map(({ section, rows }) => ({
    section,
    lines: rows.map((row) => boardLine(row, now)),
  }));
  const days = Math.max(1, ...sections.flatMap(({ lines }) => lines.map(daysShown)));
  return (
    <>
      <GlyphSprite names={BOARD_GLYPHS} />
      <Table caption="Animals of the study" maxHeight="most" rows="numbers">
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
        {sections.map(({ section, lines }) => (
          <tbody key={section}>
            <tr>
              <th
                scope="rowgroup"
                colSpan={COLUMNS}
                className="border-b border-hairline bg-sunken px-2.5 py-1 text-left text-xs font-medium text-ink-soft"
              >
                <span className="sticky left-2.5">{`${SECTION_WORDS[section]} · ${String(lines.length)}`}</span>
              </th>
            </tr>
            <BoardRows lines={lines} doseUnit={doseUnit} animals={animals} query={query} days={days} />
          </tbody>
        ))}
      </Table>
    </>
  );
};
