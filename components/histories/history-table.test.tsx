import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { DOSE_MODIFICATION_COLUMNS, type DoseModificationRow } from "@/lib/domain/outputs/dose-modification-row";
import { HistoryTable } from "./history-table";

const ROW: DoseModificationRow = {
  study: "S-1",
  animal: "M013",
  group: "G3",
  sequence: 2,
  studyDay: -1,
  observedAt: "2026-01-12T09:00:00+01:00",
  recordedAt: "2026-01-12T08:05:00.000Z",
  lateBy: "3 d",
  action: "WITHHOLD",
  fromDose: "7.5",
  toDose: "0",
  doseUnit: "mg/kg",
  rules: ["NEUTROPENIA_G3"],
  triggers: [{ term: "NEUTROPENIA", value: "<0.6", unit: "10⁹/L", cutOff: "< 1.0", baseline: "2.4 10⁹/L", grade: 3 }],
  ctcaeVersion: "5.0",
  protocolVersion: 4,
  ruleSet: "2026-1",
  entry: "entry-7",
  recordedBy: "tim@example.org",
  inForceFrom: "2026-01-12T08:05:00.100Z",
  inForceUntil: "2026-01-13T08:05:00.000Z",
  deviations: [{ entry: "dose-9", code: "EXPOSED_BEFORE_RESULT" }],
  signatures: [{ by: "Ines Okafor", at: "2026-01-12T12:00:00.000Z", meaning: "Ordered", brokenBy: null }],
  unsigned: null,
};

const texts = (markup: string): string => markup.replace(/<[^>]+>/gu, "\n").replaceAll("&lt;", "<");

test("every column of the file is on the page, heading and cell", () => {
  const shown = texts(
    renderToStaticMarkup(<HistoryTable rows={[ROW]} animalAddress={() => "/a"} protocolAddress={() => "/p"} />),
  ).split("\n");
  for (const column of DOSE_MODIFICATION_COLUMNS) {
    expect(shown).toContain(column.header);
    const cell = column.cell(ROW).replace(/^-(?=\d)/u, "−");
    expect(shown).toContain(column.key === "late_by" ? `late ${cell}` : cell);
  }
});
