import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { decisionSentence } from "@/lib/domain/language/decision-sentence";
import { keptEvent } from "@/lib/domain/rules/event-key";
import { historyDocument } from "@/lib/domain/rules/write-history";
import type { HistoryDocument } from "@/lib/domain/rules/write-history";
import { explainEvents } from "@/lib/domain/rules/explain";
import type { ExplainedEvent } from "@/lib/domain/rules/explanation";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { writeInstant } from "@/lib/domain/time/instant";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { findAnimal } from "@/lib/server/store/known-animals";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Actor } from "@/lib/server/command/actor";
import { readStoredLog } from "@/lib/server/judging/stored-log";
import { readRules, studyAnimal } from "@/lib/server/judging/study-rules";

export type ExplainedHistory = Omit<HistoryDocument, "events"> & {
  readonly events: readonly (HistoryDocument["events"][number] &
    Pick<ExplainedEvent, "explanation"> & { readonly studyDay: number | null; readonly sentence: string })[];
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

/** The history of an animal, now or as it was known at an instant, each decision with its explanation. */
export const animalHistory = async (
  actor: Actor,
  code: string,
  tag: string,
  knownMs: number | null = null,
): Promise<Result<ExplainedHistory, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const { id, timeZone, code: study } = gate.value;
  const found = await findAnimal(connection, id, tag, knownMs);
  if (found === null) return refused(refusal("NOT_FOUND", `Study ${study} has no animal ${tag}.`));
  const { tagNow, knownFromMs } = found;
  if (knownMs !== null && knownFromMs !== null && knownFromMs > knownMs) {
    const registered = writeInstant(knownFromMs);
    return refused(
      refusal("NOT_FOUND", `Study ${study} had no animal ${tag} yet: ${tagNow} was registered at ${registered}.`),
    );
  }
  const [row] = await studyAnimalRows(connection, id, [tagNow]);
  if (row === undefined) throw new Error("an animal that was found is not there");
  const asKnownAtMs = knownMs ?? Infinity;
  const { protocols } = await readRules(connection, id, knownMs);
  if (protocols.length === 0) return ok(NOTHING);
  const log = await readStoredLog(connection, row);
  const animal = studyAnimal(row);
  const history = historyDocument(replayAnimal(protocols, animal, log, asKnownAtMs).history);
  const explained = explainEvents(protocols, animal, log, { asKnownAtMs, timeZone });
  const events = history.events.flatMap((event, index) => {
    const found = explained[index];
    return found === undefined
      ? []
      : [
          {
            ...event,
            studyDay: found.explanation.studyDay,
            sentence: decisionSentence(keptEvent(found.event), found.explanation),
            explanation: found.explanation,
          },
        ];
  });
  return ok({ ...history, events });
};
