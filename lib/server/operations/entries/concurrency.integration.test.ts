import { expect, test } from "vitest";
import { historyDocument } from "@/lib/domain/rules/write-history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { connection } from "@/lib/server/db/connection";
import { msOf } from "@/lib/server/store/read-log";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { readStoredLog } from "@/lib/server/judging/stored-log";
import { readRules, studyAnimal } from "@/lib/server/judging/study-rules";
import { readStoredHistory } from "@/test/database/stored-history";
import {
  DEVIATION,
  activeStudy,
  ago,
  cbc,
  dose,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { useStaff } from "@/test/database/set-up";

const staff = useStaff();
const WRITERS = 32;
const EACH = 5;

const studyOf = async (code: string): Promise<{ readonly id: number; readonly timeZone: string }> => {
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`there is no study ${code}`);
  return study;
};

/** Of different kinds and times, some of them before others: withholding, recovering, and nothing. */
const entryOf = (writer: number, round: number): { readonly id: string } => {
  const when = ago(8 - (writer % 7) - round / 10);
  if (writer % 4 === 0) return cbc("M001", round % 2 === 0 ? 0.8 : 1.6, when);
  if (writer % 4 === 1) return weight("M001", 20 + round / 10, when);
  if (writer % 4 === 2) return observation("M001", when);
  return dose("M001", 4, when, DEVIATION);
};

test("32 writers on one animal: what was acknowledged is stored, and every run saw all entries before it", async () => {
  const code = await activeStudy(staff, "C-001");
  recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
  const acknowledged = await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      const ids: string[] = [];
      for (let round = 0; round < EACH; round += 1) {
        const entry = entryOf(writer, round);
        recorded(await record(staff.tim, code, entry));
        ids.push(entry.id);
      }
      return ids;
    }),
  );
  const study = await studyOf(code);
  const stored = await connection.query<{ id: string }>({
    text: "SELECT id FROM entries WHERE study_id = $1",
    values: [study.id],
  });
  const ids = new Set(stored.map(({ id }) => id));
  expect(acknowledged.flat().filter((id) => !ids.has(id))).toEqual([]);
  expect(stored).toHaveLength(WRITERS * EACH + 1);
  expect(await checkDecisions(connection, study)).toEqual([]);

  const [row] = await studyAnimalRows(connection, study.id, ["M001"]);
  if (row === undefined) throw new Error("the animal is gone");
  const log = await readStoredLog(connection, row);
  const { protocols } = await readRules(connection, study.id);
  const runs = await connection.query<{ recordedMs: number; number: number }>({
    text: `SELECT ${msOf("recorded_at")} AS "recordedMs", run_number AS number FROM decision_runs WHERE animal_id = $1 ORDER BY recorded_at`,
    values: [row.animalId],
  });
  expect(runs.map(({ number }) => number)).toEqual(runs.map((_, index) => index + 1));
  for (const { recordedMs } of runs) {
    const {
      status,
      dose: inForce,
      openToxicities,
      events,
    } = historyDocument(replayAnimal(protocols, studyAnimal(row), log, recordedMs).history);
    expect(await readStoredHistory(connection, row, recordedMs)).toEqual({
      status,
      dose: inForce,
      openToxicities,
      events,
    });
  }
});

test("requests that name the same animals in another order do not wait for each other for ever", async () => {
  const code = await activeStudy(staff, "C-002");
  const answers = await Promise.all(
    Array.from({ length: 24 }, (_, index) => {
      const pair = [weight("M001", 22, ago(1)), weight("M002", 25, ago(1)), weight("M003", 24, ago(1))];
      return record(staff.tim, code, index % 2 === 0 ? pair : pair.toReversed());
    }),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
  expect(await checkDecisions(connection, await studyOf(code))).toEqual([]);
});
