import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import { protocolVersion } from "@/lib/contracts/protocol";
import { historyDocument } from "@/lib/domain/rules/write-history";
import { replayAnimal } from "@/lib/domain/rules/replay";
import { verifyChain } from "@/lib/domain/trail/chain";
import { readChain } from "@/lib/server/store/audit-chain";
import { linkHash } from "@/test/attacks/link-hash";
import { connection } from "@/lib/server/db/connection";
import { msOf } from "@/lib/server/store/read-log";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { readStoredHistory } from "@/test/database/stored-history";
import { readStoredLog } from "@/lib/server/judging/stored-log";
import { readRules, studyAnimal } from "@/lib/server/judging/study-rules";
import {
  BECAUSE,
  DEVIATION,
  SETTINGS,
  activeStudy,
  ago,
  cbc,
  dose,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { draft, sign, useStaff } from "@/test/database/set-up";

const staff = useStaff();
const WRITERS = 32;
const EACH = 4;
const TAGS = ["M001", "M002", "M003"] as const;

const now = (): string => new Date().toISOString();

/** Some of what happens now, some late, in counts between what the two versions call grade 3, and corrections of it. */
const entryOf = (tags: readonly string[], writer: number, round: number) => {
  const tag = tags[writer % tags.length] ?? "M001";
  const when = writer % 5 === 0 ? ago(6 - round / 2) : now();
  if (writer % 4 === 0) return dose(tag, tag === "M003" ? 0 : 4, when, DEVIATION);
  if (writer % 4 === 1) return weight(tag, 20 + round / 10, when);
  if (writer % 4 === 2) return observation(tag, when);
  return cbc(tag, round % 2 === 0 ? 0.8 : 1.6, when);
};

const write = async (code: string, tags: readonly string[], writer: number): Promise<void> => {
  for (let round = 0; round < EACH; round += 1) {
    const entry = entryOf(tags, writer, round);
    recorded(await record(staff.tim, code, entry));
    if (writer % 8 !== 3 || round % 3 !== 2) continue;
    const { id, animal, observedAt } = entry;
    const correction = { ...cbc(animal, 0.7, observedAt), corrects: id, ...BECAUSE };
    recorded(await record(staff.tim, code, correction));
    if (writer % 16 !== 3) continue;
    recorded(await record(staff.tim, code, { id: randomUUID(), animal, voids: correction.id, ...BECAUSE }));
  }
};

const { groups: _groups, ...AMENDABLE } = SETTINGS;

/** Drafts and signs an amendment in the midst of what is written; answers it. */
const amend = async (code: string, feverCelsius: number, grade3Below: number) => {
  const settings = {
    ...AMENDABLE,
    reason: "In the midst of the work",
    feverCelsius,
    neutrophils: { basis: "absolute", grade2Below: 1.5, grade3Below, grade4Below: 0.25, recoverAt: grade3Below },
  };
  expect((await draft(staff.dora, code, settings)).status).toBe(200);
  const signed = await sign(staff.dora, code);
  expect(signed.status).toBe(200);
  return protocolVersion.parse(signed.body);
};

/** Every entry has its event, and every chain of the study, its own and its animals', goes on from one to the next. */
const expectUnbrokenChains = async (studyId: number, tags: readonly string[]): Promise<void> => {
  const [counted] = await connection.query<{ entries: number; events: number; judged: number }>({
    text: `SELECT (SELECT count(*)::int FROM entries WHERE study_id = $1) AS entries,
             (SELECT count(DISTINCT entry_id)::int FROM audit_events WHERE study_id = $1) AS events,
             (SELECT count(*)::int FROM entries e JOIN decision_runs r ON (r.study_id, r.animal_id) = (e.study_id, e.animal_id) AND r.recorded_at = e.recorded_at
              WHERE e.study_id = $1) AS judged`,
    values: [studyId],
  });
  expect(counted).toEqual({ entries: counted?.entries, events: counted?.entries, judged: counted?.entries });
  const chains = await connection.query<{ chain: string; entries: number }>({
    text: `SELECT chain, count(entry_id)::int AS entries FROM audit_events WHERE study_id = $1 GROUP BY chain`,
    values: [studyId],
  });
  expect(chains.filter(({ entries }) => entries > 0)).toHaveLength(tags.length);
  for (const { chain } of chains) {
    const links = await readChain(connection, chain);
    expect([chain, links.map(({ sequence }) => sequence)]).toEqual([chain, links.map((_, index) => index + 1)]);
    expect([chain, verifyChain(links, linkHash)]).toEqual([chain, []]);
  }
};

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** What 32 writers record of these animals, with corrections and voids among it, beside two amendments. */
const recordBesideAmendments = async (name: string, tags: readonly string[]) => {
  const code = await activeStudy(staff, name);
  for (const tag of tags) {
    if (tag !== "M003") recorded(await record(staff.tim, code, dose(tag, 4, ago(9), DEVIATION)));
  }
  const writing = Array.from({ length: WRITERS }, (_, writer) => write(code, tags, writer));
  await pause(300);
  const second = await amend(code, 39, 0.5);
  await pause(300);
  const third = await amend(code, 38.5, 0.9);
  await Promise.all(writing);
  recorded(
    await record(
      staff.tim,
      code,
      tags.map((tag) => cbc(tag, 0.8, now())),
    ),
  );
  return { code, second, third };
};

test.each([
  ["one animal", ["M001"]],
  ["several animals", TAGS],
] as const)(
  "32 writers on %s, corrections and two amendments at once: what is stored is the replay as known at each instant",
  async (of, tags) => {
    const { code, second, third } = await recordBesideAmendments(`AC-${of.toUpperCase().replace(" ", "-")}`, tags);
    const [study] = await connection.query<{ id: number; timeZone: string }>({
      text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
      values: [code],
    });
    if (study === undefined) throw new Error("the study is gone");
    expect(await checkDecisions(connection, study)).toEqual([]);
    await expectUnbrokenChains(study.id, tags);

    const { protocols } = await readRules(connection, study.id);
    const signedMs = [-Infinity, Date.parse(second.signedAt ?? ""), Date.parse(third.signedAt ?? "")];
    const effectiveMs = [-Infinity, Date.parse(second.effectiveFrom ?? ""), Date.parse(third.effectiveFrom ?? "")];
    let runs = 0;
    for (const row of await studyAnimalRows(connection, study.id, [...tags])) {
      const log = await readStoredLog(connection, row);
      // Nothing that was recorded before an amendment's instant was observed at or after it.
      for (const entry of log) {
        if (entry.kind === "void") continue;
        const recordedBefore = effectiveMs.filter((instant) => entry.recordedAt.ms < instant).length;
        const observedBefore = effectiveMs.filter((instant) => entry.observedAt.ms < instant).length;
        expect(observedBefore).toBeGreaterThanOrEqual(recordedBefore);
      }
      const stored = await connection.query<{ recordedMs: number; version: number }>({
        text: `SELECT ${msOf("recorded_at")} AS "recordedMs", protocol_version AS version FROM decision_runs WHERE animal_id = $1 ORDER BY run_number`,
        values: [row.animalId],
      });
      for (const { recordedMs } of stored) {
        // By the versions that were signed then: the later ones, known or not, judge nothing that was recorded by then.
        const knownThen = protocols.filter((_, index) => (signedMs[index] ?? Infinity) <= recordedMs);
        const byThen = historyDocument(replayAnimal(knownThen, studyAnimal(row), log, recordedMs).history);
        const byAll = historyDocument(replayAnimal(protocols, studyAnimal(row), log, recordedMs).history);
        expect(byThen).toEqual(byAll);
        const { status, dose: inForce, openToxicities, events } = byAll;
        expect(await readStoredHistory(connection, row, recordedMs)).toEqual({
          status,
          dose: inForce,
          openToxicities,
          events,
        });
        runs += 1;
      }
      expect(stored.at(-1)?.version).toBe(3);
    }
    expect(runs).toBeGreaterThan(WRITERS * EACH);
    const judged = await connection.query<{ version: number }>({
      text: "SELECT DISTINCT protocol_version AS version FROM decision_runs WHERE study_id = $1",
      values: [study.id],
    });
    expect(judged.map(({ version }) => version)).toEqual(expect.arrayContaining([1, 3]));
  },
);
