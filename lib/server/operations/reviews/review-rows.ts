import "server-only";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import type { ReviewItem } from "@/lib/contracts/reviews";
import type { ShownSignature } from "@/lib/contracts/signatures";
import { writeInstant } from "@/lib/domain/time/instant";
import { animalsAsKnown } from "@/lib/server/store/known-animals";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { signaturesOf } from "@/lib/server/signing/signing";

type Row = {
  readonly id: string;
  readonly animalId: number;
  readonly animal: string;
  readonly recordedMs: number;
  readonly recordedBy: string | null;
  readonly record: string;
  readonly kind: string;
  readonly observedMs: number;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly firstDoseMs: number | null;
  readonly impact: DecisionImpact;
  readonly decision: string | null;
};

/** An item as people read it, with what its signature is kept by. */
export type StoredReview = { readonly animalId: number; readonly item: ReviewItem };

const readRows = (
  connection: Transaction,
  studyId: number,
  ids: readonly string[] | null,
  knownMs: number | null,
): Promise<readonly Row[]> =>
  connection.query<Row>({
    text: `
      SELECT r.id::text, r.animal_id AS "animalId", a.tag AS animal, ${msOf("r.recorded_at")} AS "recordedMs",
        coalesce(u.name, e.recorded_by_text) AS "recordedBy", e.record_id AS record, about.kind, ${msOf("about.observed_at")} AS "observedMs",
        e.reason_code AS "reasonCode", e.reason, (s.summary ->> 'firstDoseMs')::float8 AS "firstDoseMs", r.impact,
        (SELECT content::json ->> 'decision' FROM signatures g
         WHERE g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text ORDER BY g.number DESC LIMIT 1) AS decision
      FROM review_items r
        JOIN ${animalsAsKnown("$1", "$3")} a ON a.id = r.animal_id
        JOIN animal_states s ON s.animal_id = r.animal_id
        JOIN entries e ON e.study_id = r.study_id AND e.id = r.entry_id
        JOIN entries about ON about.study_id = e.study_id AND about.id = coalesce(e.voids, e.id)
        LEFT JOIN users u ON u.id = e.recorded_by
      WHERE r.study_id = $1 AND ($2::uuid[] IS NULL OR r.id = ANY ($2)) AND ($3::numeric IS NULL OR r.recorded_at <= to_timestamp($3::numeric / 1000))
      ORDER BY r.recorded_at DESC, r.id`,
    values: [studyId, ids, knownMs],
  });

const itemOf = (
  { animalId, recordedMs, observedMs, firstDoseMs, ...row }: Row,
  signature: ShownSignature | null,
): StoredReview => ({
  animalId,
  item: {
    ...row,
    recordedAt: writeInstant(recordedMs),
    observedAt: writeInstant(observedMs),
    firstDoseAt: firstDoseMs === null ? null : writeInstant(firstDoseMs),
    signature,
  },
});

/** The items of a study that there were by an instant (null: now), `ids` null for all: those that wait before those that are decided, the latest first. */
export const readReviews = async (
  connection: Transaction,
  studyId: number,
  ids: readonly string[] | null,
  knownMs: number | null = null,
): Promise<readonly StoredReview[]> => {
  const rows = await readRows(connection, studyId, ids, knownMs);
  const signatures = await signaturesOf(connection, studyId, {
    kinds: ["review"],
    subjects: rows.map(({ id }) => id),
  });
  const signed = new Map(signatures.map((signature) => [signature.subject, signature]));
  const all = rows.map((row) => itemOf(row, signed.get(row.id) ?? null));
  const waits = ({ item }: StoredReview): boolean => item.signature === null;
  return [...all.filter(waits), ...all.filter((review) => !waits(review))];
};

/** The dose unit of a study's latest protocol version; null while there is none. */
export const doseUnitOf = async (connection: Transaction, studyId: number): Promise<string | null> => {
  const [row] = await connection.query<{ readonly doseUnit: string | null }>({
    text: `SELECT settings ->> 'doseUnit' AS "doseUnit" FROM protocol_versions WHERE study_id = $1 ORDER BY version DESC LIMIT 1`,
    values: [studyId],
  });
  return row?.doseUnit ?? null;
};
