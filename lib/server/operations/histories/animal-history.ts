import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { historyDocument } from "@/lib/domain/bundle/write-history";
import type { HistoryDocument } from "@/lib/domain/bundle/write-history";
import { explainEvents } from "@/lib/domain/dose-rules/explain";
import type { ExplainedEvent } from "@/lib/domain/dose-rules/explanation";
import { replayAnimal } from "@/lib/domain/dose-rules/replay";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { tagNow } from "@/lib/server/db/former-tags";
import { studyAnimalRows } from "@/lib/server/db/study-animals";
import type { StudyAnimalRow } from "@/lib/server/db/study-animals";
import type { Actor } from "@/lib/server/kernel/actor";
import { readStoredLog } from "@/lib/server/kernel/stored-log";
import { readRules, studyAnimal } from "@/lib/server/kernel/study-rules";

export type ExplainedHistory = Omit<HistoryDocument, "events"> & {
  readonly events: readonly (HistoryDocument["events"][number] &
    Pick<ExplainedEvent, "studyDay" | "sentence" | "explanation">)[];
};

const NOTHING: ExplainedHistory = {
  status: "NOT_STARTED",
  dose: 0,
  openToxicities: [],
  events: [],
  grades: [],
  notEvaluable: [],
  deviations: [],
};

/** By its tag, else by one that it had before. */
const animalRow = async (studyId: number, tag: string): Promise<StudyAnimalRow | undefined> => {
  const [row] = await studyAnimalRows(connection, studyId, [tag]);
  if (row !== undefined || tag.includes("\u0000")) return row;
  const present = await tagNow(connection, studyId, tag);
  return present === null ? undefined : (await studyAnimalRows(connection, studyId, [present]))[0];
};

/** The history of an animal, now or as it was known at an instant, each decision with its explanation. */
export const animalHistory = async (
  actor: Actor,
  code: string,
  tag: string,
  asKnownAtMs: number = Infinity,
): Promise<Result<ExplainedHistory, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const { id, timeZone } = gate.value;
  const row = await animalRow(id, tag);
  if (row === undefined) return refused(refusal("NOT_FOUND", `Study ${gate.value.code} has no animal ${tag}.`));
  const { protocols } = await readRules(connection, id);
  if (protocols.length === 0) return ok(NOTHING);
  const log = await readStoredLog(connection, row.animalId, row.control);
  const animal = studyAnimal(row);
  const history = historyDocument(replayAnimal(protocols, animal, log, asKnownAtMs).history);
  const explained = explainEvents(protocols, animal, log, { asKnownAtMs, timeZone });
  const events = history.events.flatMap((event, index) => {
    const found = explained[index];
    return found === undefined
      ? []
      : [{ ...event, studyDay: found.studyDay, sentence: found.sentence, explanation: found.explanation }];
  });
  return ok({ ...history, events });
};
