import "server-only";
import type { WaitingItem } from "@/lib/contracts/signatures";
import { Decimal } from "@/lib/domain/decimal";
import type { DeviationCode } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import { contentWords } from "@/lib/domain/language/content-words";
import { orderKind } from "@/lib/domain/signatures/signing";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { ENTRY_COLUMNS, documentOfRecord, msOf } from "@/lib/server/store/read-log";
import type { EntryRecord } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { contentHash } from "@/lib/server/command/content-hash";
import { isAsProposed } from "@/lib/server/judging/order-kinds";
import { deviationContent, orderContent } from "@/lib/server/signing/signed-content";
import { protocolFor, readRules } from "@/lib/server/judging/study-rules";
import type { StudyRules } from "@/lib/server/judging/study-rules";

/** What waits, with the content that a signature would be bound to. */
export type Waiting = { readonly item: WaitingItem; readonly content: object };

/** Exposure before a result was known is none of anybody's doing; the others were somebody's. */
const SIGNED_DEVIATIONS: readonly DeviationCode[] = [
  "BASELINE_INCOMPLETE",
  "STARTED_WITH_TOXICITY",
  "DOSED_WHILE_WITHHELD",
  "DOSED_AFTER_DISCONTINUATION",
  "WRONG_DOSE",
];

type WaitingRow = EntryRecord & {
  readonly id: string;
  readonly animalId: number;
  readonly observedMs: number;
  readonly observedAt: string;
  readonly recordedBy: string;
  readonly action: "RESUME" | "SET_DOSE" | "DISCONTINUE" | null;
  readonly dose: string | null;
  readonly deviations: readonly { readonly code: string }[] | null;
  readonly decision: string | null;
};

/** Standing orders and doses off protocol that were recorded here and that nobody has signed. */
const waitingRows = (
  transaction: Transaction,
  studyId: number,
  entries: readonly string[] | null,
): Promise<readonly WaitingRow[]> =>
  transaction.query<WaitingRow>({
    text: `
      SELECT ${ENTRY_COLUMNS}, e.id, e.animal_id AS "animalId", ${msOf("e.observed_at")} AS "observedMs",
        e.observed_at_text AS "observedAt", u.name AS "recordedBy", o.action, o.dose::text AS dose,
        e.answer -> 'deviations' AS deviations,
        (SELECT p.sentence FROM decision_event_periods p
         WHERE p.animal_id = e.animal_id AND p.entry_id = e.id AND p.until IS NULL ORDER BY p.position LIMIT 1) AS decision
      FROM entries e
        JOIN animals a ON a.id = e.animal_id
        JOIN users u ON u.id = e.recorded_by
        LEFT JOIN orders o ON o.study_id = e.study_id AND o.entry_id = e.id
      WHERE e.study_id = $1 AND ($3::text[] IS NULL OR e.id = ANY ($3))
        AND (e.kind = 'order' AND o.action <> 'WITHHOLD'
          OR e.kind = 'dose' AND EXISTS (SELECT FROM json_array_elements(e.answer -> 'deviations') d WHERE d ->> 'code' = ANY ($2)))
        AND NOT EXISTS (SELECT FROM entries x WHERE x.animal_id = e.animal_id AND x.record_id = e.record_id AND x.log_number > e.log_number)
        AND NOT EXISTS (SELECT FROM signatures s
          WHERE s.study_id = e.study_id AND s.subject_kind IN ('order', 'override', 'deviation') AND s.subject = e.id)
      ORDER BY e.log_number`,
    values: [studyId, SIGNED_DEVIATIONS, entries],
  });

const kindOf = async (transaction: Transaction, row: WaitingRow): Promise<WaitingItem["subjectKind"]> => {
  const { action, dose, animalId, observedMs, recorded_ms: recordedMs } = row;
  if (action === null) return "deviation";
  const place = { animalId, observedMs, knownBeforeMs: recordedMs };
  const asProposed =
    action === "RESUME" && (await isAsProposed(transaction, place, dose === null ? null : new Decimal(dose)));
  return orderKind({ action, asProposed });
};

const waitingOf = async (transaction: Transaction, row: WaitingRow, rules: StudyRules): Promise<Waiting> => {
  const entry = documentOfRecord(row);
  const signed = { entry, doseUnit: protocolFor(rules, row.observedMs)?.doseUnit ?? null };
  const codes = (row.deviations ?? []).map(({ code }) => code);
  const content = row.action === null ? deviationContent(signed, codes) : orderContent(signed);
  const subjectKind = await kindOf(transaction, row);
  const { says, reason } = contentWords(subjectKind, row.id, content);
  return {
    content,
    item: {
      subjectKind,
      subject: row.id,
      animal: row.animal,
      says,
      reason,
      decision: row.decision,
      observedAt: row.observedAt,
      recordedAt: writeInstant(row.recorded_ms),
      recordedBy: row.recordedBy,
      contentHash: contentHash(content),
    },
  };
};

/**
 * What of a study, or of some of its entries, waits for a signature, in the order in which it was recorded. Imported
 * entries were signed elsewhere.
 */
export const waitingItems = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  entries: readonly string[] | null = null,
): Promise<readonly Waiting[]> => {
  const rows = await waitingRows(transaction, study.id, entries);
  if (rows.length === 0) return [];
  const rules = await readRules(transaction, study.id);
  const waiting: Waiting[] = [];
  for (const row of rows) waiting.push(await waitingOf(transaction, row, rules));
  return waiting;
};
