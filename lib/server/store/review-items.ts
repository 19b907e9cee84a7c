import "server-only";
import type { DecisionImpact } from "@/lib/contracts/entries/answer";
import { animalsAsKnown } from "./known-animals";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** What a run of an animal changed of its decisions, as it was stored with it; null where it changed nothing. */
export const storedImpact = async (
  transaction: Transaction,
  studyId: number,
  animalId: number,
  recordedMs: number,
): Promise<DecisionImpact | null> => {
  const item = await (
    await transaction.prisma()
  ).reviewItem.findFirst({ where: { studyId, animalId, recordedAt: new Date(recordedMs) }, select: { impact: true } });
  return (item?.impact ?? null) as DecisionImpact | null;
};

/** How many items of the study `$1` wait for its director. */
export const WAITING_REVIEWS = `(
  SELECT count(*)::int FROM review_items r
  WHERE r.study_id = $1 AND NOT EXISTS (
    SELECT FROM signatures g WHERE g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text))`;

export const countWaitingReviews = async (on: Transaction, studyId: number): Promise<number> => {
  const [row] = await on.query<{ readonly waiting: number }>({
    text: `SELECT ${WAITING_REVIEWS} AS waiting`,
    values: [studyId],
  });
  return row?.waiting ?? 0;
};

/** What items to review hold of what changed, by their ids. */
export const impactsOf = async (
  { prisma }: Transaction,
  studyId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, unknown>> => {
  const rows = await (
    await prisma()
  ).reviewItem.findMany({ where: { studyId, id: { in: [...ids] } }, select: { id: true, impact: true } });
  return new Map(rows.map(({ id, impact }) => [id, impact]));
};

/** An item to review as it is stored, with the decision of its last signature. */
export type ReviewRow = {
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

/** The items of a study that there were by an instant (null: now), `ids` null for all, the latest first. */
export const reviewRows = (
  on: Transaction,
  studyId: number,
  ids: readonly string[] | null,
  knownMs: number | null,
): Promise<readonly ReviewRow[]> =>
  on.query<ReviewRow>({
    text: `
      SELECT r.id::text, r.animal_id AS "animalId", a.tag AS animal, ${msOf("r.recorded_at")} AS "recordedMs",
        coalesce(u.name, e.recorded_by_text) AS "recordedBy", e.record_id AS record, about.kind, ${msOf("about.observed_at")} AS "observedMs",
        e.reason_code AS "reasonCode", e.reason, (s.summary ->> 'firstDoseMs')::float8 AS "firstDoseMs", r.impact,
        (SELECT content::json ->> 'decision' FROM signatures g
         WHERE g.study_id = r.study_id AND g.subject_kind = 'review' AND g.subject = r.id::text ORDER BY g.number DESC LIMIT 1) AS decision
      FROM review_items r
        JOIN ${animalsAsKnown("$1", "$3")} a ON (a.study_id, a.id) = (r.study_id, r.animal_id)
        JOIN animal_states s ON (s.study_id, s.animal_id) = (r.study_id, r.animal_id)
        JOIN entries e ON e.study_id = r.study_id AND e.id = r.entry_id
        JOIN entries about ON about.study_id = e.study_id AND about.id = coalesce(e.voids, e.id)
        LEFT JOIN users u ON u.id = e.recorded_by
      WHERE r.study_id = $1 AND ($2::uuid[] IS NULL OR r.id = ANY ($2)) AND ($3::numeric IS NULL OR r.recorded_at <= to_timestamp($3::numeric / 1000))
      ORDER BY r.recorded_at DESC, r.id`,
    values: [studyId, ids, knownMs],
  });
