import "server-only";
import type { StandingValue } from "@/lib/contracts/recording-sheet";
import type { EntryKind, Qualifier } from "@/lib/domain/record/log-entry";
import type { Analyte } from "@/lib/domain/record/analytes";
import { MEASURED_KINDS, type MeasuredKind } from "@/lib/domain/record/kinds";
import { COLUMNS, DETAIL_TABLES } from "@/lib/server/store/entry-rows";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** The standing versions of a study's records, with what their place in the order of replay is (dose-rules, section 2). */
const STANDING = `
  standing AS (
    SELECT e.study_id, e.id, e.animal_id, e.kind, e.observed_at, e.record_id, original.recorded_at AS first_recorded_at
    FROM standing_versions($1, NULL) e JOIN entries original ON original.study_id = e.study_id AND original.id = e.record_id
  )`;

/** The columns that tell of rows of `standing` the last in the order of replay first. */
const LAST_FIRST = "observed_at DESC, first_recorded_at DESC, record_id DESC";

const valuesOf = (kind: MeasuredKind): string => {
  const columns = COLUMNS[kind].map((field) => `('${field}', d.${field})`);
  return `
    SELECT s.*, v.field, v.value, d.qualifiers ->> v.field AS qualifier, d.reported -> v.field ->> 'unit' AS unit
    FROM standing s JOIN ${DETAIL_TABLES[kind]} d ON d.study_id = s.study_id AND d.entry_id = s.id
      CROSS JOIN LATERAL (VALUES ${columns.join(", ")}) v(field, value)
    WHERE s.kind = '${kind}' AND v.value IS NOT NULL`;
};

type ValueRow = {
  readonly tag: string;
  readonly field: Analyte;
  readonly value: string;
  readonly qualifier: Qualifier | null;
  readonly unit: string | null;
  readonly observedMs: number;
};

/** The last value of every measured field of every animal, by tag. */
export const standingValues = async (
  connection: Transaction,
  studyId: number,
): Promise<ReadonlyMap<string, Readonly<Partial<Record<Analyte, StandingValue>>>>> => {
  const rows = await connection.query<ValueRow>({
    name: "standing_values",
    text: `
      WITH ${STANDING}, measured AS (${MEASURED_KINDS.map(valuesOf).join(" UNION ALL ")})
      SELECT DISTINCT ON (m.animal_id, m.field)
        a.tag, m.field, m.value::text AS value, m.qualifier, m.unit, ${msOf("m.observed_at")} AS "observedMs"
      FROM measured m JOIN animals a ON (a.study_id, a.id) = (m.study_id, m.animal_id)
      ORDER BY m.animal_id, m.field, ${LAST_FIRST}`,
    values: [studyId],
  });
  const found = new Map<string, Partial<Record<Analyte, StandingValue>>>();
  for (const { tag, field, unit, ...value } of rows) {
    found.set(tag, { ...found.get(tag), [field]: { ...value, typedUnit: unit } });
  }
  return found;
};

type KindRow = {
  readonly tag: string;
  readonly kind: EntryKind;
  readonly observedMs: number;
  readonly amount: string | null;
};

export type LastOfKinds = {
  readonly observedMs: Readonly<Partial<Record<EntryKind, number>>>;
  /** Of the last dose. */
  readonly amount: string | null;
};

/** When an entry of each kind was last observed, of every animal, by tag. */
export const lastOfKinds = async (
  connection: Transaction,
  studyId: number,
): Promise<ReadonlyMap<string, LastOfKinds>> => {
  const rows = await connection.query<KindRow>({
    name: "last_of_kinds",
    text: `
      WITH ${STANDING}
      SELECT DISTINCT ON (s.animal_id, s.kind) a.tag, s.kind, ${msOf("s.observed_at")} AS "observedMs", d.amount::text AS amount
      FROM standing s JOIN animals a ON (a.study_id, a.id) = (s.study_id, s.animal_id)
        LEFT JOIN doses_given d ON d.study_id = s.study_id AND d.entry_id = s.id
      ORDER BY s.animal_id, s.kind, ${LAST_FIRST}`,
    values: [studyId],
  });
  const found = new Map<string, LastOfKinds>();
  for (const { tag, kind, observedMs, amount } of rows) {
    const before = found.get(tag) ?? { observedMs: {}, amount: null };
    found.set(tag, { observedMs: { ...before.observedMs, [kind]: observedMs }, amount: amount ?? before.amount });
  }
  return found;
};
