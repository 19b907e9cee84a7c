import "server-only";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import { writeInstant } from "@/lib/domain/time/instant";
import { formatFieldsOf } from "@/lib/domain/record/analytes";
import type { MeasuredKind } from "@/lib/domain/record/kinds";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { COLUMNS, DETAIL_TABLES } from "./entry-rows";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

type Keys = Readonly<Record<string, string>>;

/** The values of a kind that rules read and that have a column; `extra` has the others, and is read with every entry. */
const values = (kind: MeasuredKind): Keys => {
  const columns: ReadonlySet<string> = new Set(COLUMNS[kind]);
  const read = formatFieldsOf(kind).filter((field) => columns.has(field));
  return { ...Object.fromEntries(read.map((field) => [field, `d.${field}`])), qualifiers: "d.qualifiers" };
};

/** Of each kind, the keys of a document that rules look at, with what its typed row `d` says of them. */
const JUDGED: Readonly<Record<EntryKind, Keys>> = {
  weight: { ...values("weight"), notDone: "d.not_done" },
  cbc: values("cbc"),
  lft: values("lft"),
  observation: {
    ...values("observation"),
    notDone: "d.not_done",
    skin: `CASE WHEN d.exfoliation OR d.bullae THEN json_build_object('exfoliation', d.exfoliation, 'bullae', d.bullae) END`,
    findings: `CASE WHEN d.findings_given THEN (
      SELECT coalesce(json_agg(json_build_object('term', f.term, 'grade', f.grade) ORDER BY f.position), '[]')
      FROM observation_findings f WHERE f.study_id = e.study_id AND f.entry_id = e.id) END`,
  },
  dose: { amount: "d.amount", notDone: "d.not_done" },
  order: { action: "d.action", dose: "d.dose" },
  disposition: { outcome: "d.outcome" },
};

const judgedCases = Object.entries(JUDGED)
  .map(([kind, keys]) => {
    const parts = Object.entries(keys).map(([key, value]) => `'${key}', ${value}`);
    const table = DETAIL_TABLES[kind as EntryKind];
    return `WHEN '${kind}' THEN (SELECT json_build_object(${parts.join(", ")}) FROM ${table} d WHERE d.study_id = e.study_id AND d.entry_id = e.id)`;
  })
  .join(" ");

type JudgedRow = {
  readonly animalId: number;
  readonly id: string;
  readonly animal: string;
  readonly kind: EntryKind | "void";
  readonly observedAt: string | null;
  readonly recordedText: string | null;
  readonly recordedMs: number | null;
  readonly corrects: string | null;
  readonly voids: string | null;
  readonly reason: string | null;
  readonly extra: EntryDocument | null;
  readonly judged: EntryDocument | null;
};

const documentOf = ({ extra, judged, kind, recordedText, recordedMs, ...row }: JudgedRow): EntryDocument => {
  const { id, animal, observedAt, corrects, voids, reason } = row;
  const recordedAt = recordedText ?? writeInstant(recordedMs ?? 0);
  const document = { id, animal, kind, observedAt, recordedAt, corrects, voids, reason, ...judged };
  return extra === null ? document : { ...document, ...extra };
};

/**
 * The whole logs of some animals, in the order in which they were stored: of each entry what a replay looks at, and nothing
 * of what is kept beside it for people, which takes three times as long to read (bench/what-if.ts).
 */
export const readJudgedLogs = async (
  transaction: Transaction,
  studyId: number,
  animalIds: readonly number[],
): Promise<ReadonlyMap<number, readonly EntryDocument[]>> => {
  const rows = await transaction.query<JudgedRow>({
    name: "read_judged_logs",
    text: `SELECT e.animal_id AS "animalId", e.id, a.tag AS animal, e.kind, e.observed_at_text AS "observedAt",
             e.recorded_at_text AS "recordedText",
             CASE WHEN e.recorded_at_text IS NULL THEN ${msOf("e.recorded_at")} END AS "recordedMs",
             e.corrects, e.voids, e.reason, e.extra, CASE e.kind ${judgedCases} END AS judged
           FROM entries e JOIN animals a ON (a.study_id, a.id) = (e.study_id, e.animal_id)
           WHERE e.study_id = $1 AND e.animal_id = ANY ($2) ORDER BY e.animal_id, e.log_number`,
    values: [studyId, animalIds],
  });
  const logs = new Map<number, EntryDocument[]>(animalIds.map((id) => [id, []]));
  for (const row of rows) logs.get(row.animalId)?.push(documentOf(row));
  return logs;
};
