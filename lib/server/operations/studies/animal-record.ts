import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { AnimalRecord, RecordedEntry, StoredDecision } from "@/lib/contracts/animal-record";
import { entryDetails } from "@/lib/contracts/entries/entry-details";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { readEntry } from "@/lib/domain/bundle/read-entry";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { documentOfRecord, ENTRY_COLUMNS, msOf } from "@/lib/server/db/read-log";
import type { EntryRecord } from "@/lib/server/db/read-log";
import type { Actor } from "@/lib/server/kernel/actor";
import { animalsOf } from "@/lib/server/kernel/study-animals";
import { readRules } from "@/lib/server/kernel/study-rules";
import { groupMates } from "./group-mates-rows";

type StudyAndRecord = { readonly study: AuthorizedStudy; readonly record: AnimalRecord };

type LogRow = EntryRecord & { readonly recordedByName: string | null; readonly recordedByText: string | null };

const readLog = async (study: AuthorizedStudy, { id, control }: Animal): Promise<readonly RecordedEntry[]> => {
  const rows = await connection.query<LogRow>({
    name: "animal_record_log",
    text: `SELECT ${ENTRY_COLUMNS}, u.name AS "recordedByName", e.recorded_by_text AS "recordedByText"
           FROM animals a JOIN entries e ON e.animal_id = a.id LEFT JOIN users u ON u.id = e.recorded_by
           WHERE a.study_id = $1 AND a.tag = $2 ORDER BY e.log_number`,
    values: [study.id, id],
  });
  return rows.map((row) => {
    const document = documentOfRecord(row);
    const read = readEntry(document, "", control);
    if (!read.ok) throw new Error(`a stored entry cannot be read: ${read.fault.path} ${read.fault.message}`);
    return { entry: read.value, details: entryDetails(document), recordedBy: row.recordedByName ?? row.recordedByText };
  });
};

const readDecisions = (study: AuthorizedStudy, tag: string): Promise<readonly StoredDecision[]> =>
  connection.query<StoredDecision>({
    name: "animal_record_decisions",
    text: `SELECT e.entry_id AS entry, e.action, e.rules, e.from_dose::text AS "fromDose", e.to_dose::text AS "toDose", e.toxicities,
             e.sentence, e.explanation, ${msOf("e.observed_at")} AS "observedMs", ${msOf("e.recorded_at")} AS "recordedMs",
             ${msOf("e.until")} AS "untilMs"
           FROM animals a
             JOIN decision_event_periods e ON e.animal_id = a.id
             JOIN entries entry ON entry.study_id = e.study_id AND entry.id = e.entry_id
             JOIN entries original ON original.study_id = entry.study_id AND original.id = entry.record_id
           WHERE a.study_id = $1 AND a.tag = $2
           ORDER BY e.observed_at, original.recorded_at, original.id, e.recorded_at`,
    values: [study.id, tag],
  });

/** One animal whole: its log with who recorded what, what judges it, and the decisions as they were stored. */
export const readAnimalRecord = async (
  actor: Actor,
  code: string,
  tag: string,
): Promise<Result<StudyAndRecord, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const unknown = refusal("NOT_FOUND", `Study ${study.code} has no animal ${tag}.`);
  if (tag.includes("\u0000")) return refused(unknown);
  const [[animal], rules, decisions, mates] = await Promise.all([
    animalsOf(connection, study, [tag]),
    readRules(connection, study.id),
    readDecisions(study, tag),
    groupMates(connection, study.id, tag),
  ]);
  if (animal === undefined) return refused(unknown);
  const log = await readLog(study, animal);
  return ok({ study, record: { animal, protocols: rules.protocols, log, decisions, groupMates: mates } });
};
