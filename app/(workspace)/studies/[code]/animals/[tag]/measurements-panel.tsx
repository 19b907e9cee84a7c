import type { MeasurementTable } from "@/components/animal-page/measurement-rows";
import { Measurements } from "@/components/animal-page/measurements";
import { LinkButton } from "@/components/ui/link-button";
import { Panel } from "@/components/ui/panel";
import { CTCAE_VERSION } from "@/lib/domain/grading/criteria";

type MeasurementsPanelProps = {
  readonly table: MeasurementTable;
  readonly doseUnit: string;
  readonly changeOf: string | null;
  readonly protocolVersion: number | undefined;
  /** Every row, and not only the latest; and where that is shown. */
  readonly showsAll: boolean;
  readonly allHref: string;
};

/** So many rows are shown at once; the rest on request. */
const FIRST_ROWS = 30;

/** The measurements of the latest days, or of all. */
export const MeasurementsPanel = ({
  table,
  doseUnit,
  changeOf,
  protocolVersion,
  showsAll,
  allHref,
}: MeasurementsPanelProps) => {
  const rows = showsAll ? table.rows : table.rows.slice(0, FIRST_ROWS);
  const isWhole = rows.length === table.rows.length;
  const notes = [
    ...(isWhole ? [] : [`the latest ${String(rows.length)} of ${String(table.rows.length)} rows`]),
    `grades CTCAE v${CTCAE_VERSION}`,
    ...(protocolVersion === undefined ? [] : [`protocol ${String(protocolVersion)}`]),
  ];
  return (
    <Panel
      title="Measurements"
      note={notes.join(", ")}
      actions={
        isWhole ? undefined : (
          <LinkButton href={`${allHref}#measurements`} tone="quiet" prefetch={false}>
            Show all
          </LinkButton>
        )
      }
      flush
      className="print-wide"
    >
      <div id="measurements" className="scroll-mt-44">
        <Measurements table={{ ...table, rows }} doseUnit={doseUnit} changeOf={changeOf} />
      </div>
    </Panel>
  );
};
