import "server-only";
import type { WaitingItem } from "@/lib/contracts/signatures";
import { Decimal } from "@/lib/domain/decimal";
import type { DeviationCode } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import { contentWords } from "@/lib/domain/language/content-words";
import { orderKind } from "@/lib/domain/signatures/signing";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { documentOfRecord } from "@/lib/server/store/read-log";
import { waitingEntries } from "@/lib/server/store/waiting-entries";
import type { WaitingEntry } from "@/lib/server/store/waiting-entries";
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

const kindOf = async (
  transaction: Transaction,
  studyId: number,
  row: WaitingEntry,
): Promise<WaitingItem["subjectKind"]> => {
  const { action, dose, animalId, observedMs, recorded_ms: recordedMs } = row;
  if (action === null) return "deviation";
  const place = { studyId, animalId, observedMs, knownBeforeMs: recordedMs };
  const asProposed =
    action === "RESUME" && (await isAsProposed(transaction, place, dose === null ? null : new Decimal(dose)));
  return orderKind({ action, asProposed });
};

const waitingOf = async (transaction: Transaction, row: WaitingEntry, rules: StudyRules): Promise<Waiting> => {
  const entry = documentOfRecord(row);
  const signed = { entry, doseUnit: protocolFor(rules, row.observedMs)?.doseUnit ?? null };
  const codes = (row.deviations ?? []).map(({ code }) => code);
  const content = row.action === null ? deviationContent(signed, codes) : orderContent(signed);
  const subjectKind = await kindOf(transaction, rules.studyId, row);
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
  const rows = await waitingEntries(transaction, study.id, SIGNED_DEVIATIONS, entries);
  if (rows.length === 0) return [];
  const rules = await readRules(transaction, study.id);
  const waiting: Waiting[] = [];
  for (const row of rows) waiting.push(await waitingOf(transaction, row, rules));
  return waiting;
};
