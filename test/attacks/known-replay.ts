import { parse } from "csv-parse/sync";
import { expect } from "vitest";
import { knownAnimal } from "@/components/animal-page/as-known";
import { readBundle, type StudyBundle } from "@/lib/domain/record/read-bundle";
import { historyDocument, replayBundle, writeHistories } from "@/lib/domain/rules/write-history";
import { parseInstant, writeInstant } from "@/lib/domain/time/instant";
import { connection } from "@/lib/server/db/connection";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Actor } from "@/lib/server/command/actor";
import { animalHistory } from "@/lib/server/operations/histories/animal-history";
import { doseModifications } from "@/lib/server/operations/histories/dose-modifications";
import { exportDoseModifications } from "@/lib/server/operations/histories/export-dose-modifications";
import { exportBundle } from "@/lib/server/operations/studies/export-bundle";
import { readStudyRecords } from "@/lib/server/operations/studies/study-records";

export const got = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error("refused");
  return result.value;
};

const exported = async (actor: Actor, code: string, asKnownAt: string): Promise<unknown> => {
  let text = "";
  for await (const part of got(await exportBundle(actor, code, { asKnownAt }))) text += part;
  return JSON.parse(text);
};

/** Every way in which a study is shown as known at an instant, beside the replay of its log as known then: how many animals. */
export const expectReplay = async (actor: Actor, code: string, bundle: StudyBundle, atMs: number): Promise<number> => {
  const asKnownAt = writeInstant(atMs);
  const replayed = replayBundle(bundle, atMs);
  const histories = new Map([...replayed].map(([animal, history]) => [animal, historyDocument(history)]));

  // The bundle, cut at the instant: read and replayed by whoever gets it.
  const cut = readBundle(await exported(actor, code, asKnownAt));
  if (!cut.ok) throw new Error(cut.fault.path);
  expect(writeHistories(replayBundle(cut.value))).toBe(writeHistories(replayed));

  // The board, the list of animals, and each animal's page.
  const { study, records } = got(await readStudyRecords(actor, code, atMs));
  // The replay names the animals as they are called now.
  const tags = new Map((await studyAnimalRows(connection, study.id, null)).map(({ animalId, tag }) => [animalId, tag]));
  expect(records).toHaveLength(histories.size);
  for (const record of records) {
    const expected = histories.get(tags.get(record.animalId) ?? "");
    const { overview, standing } = knownAnimal(record, atMs);
    expect([overview.status, Number(overview.dose), [...overview.openToxicities].sort()]).toEqual([
      expected?.status,
      expected?.dose,
      expected?.openToxicities,
    ]);
    expect(standing.map(({ entry, action, toDose }) => [entry, action, Number(toDose)])).toEqual(
      expected?.events.map(({ entry, action, toDose }) => [entry, action, toDose]),
    );
  }

  // The history by the API.
  for (const [animal, expected] of histories) {
    const { events, ...history } = got(await animalHistory(actor, code, animal, atMs));
    const plain = events.map(({ studyDay: _day, sentence: _sentence, explanation: _explanation, ...event }) => event);
    expect({ ...history, events: plain }).toEqual(expected);
  }

  // The dose-modification history: what is in force in it is what stood.
  const { rows, sha256 } = got(await doseModifications(actor, code, { asKnownAt }));
  const standing = rows.filter(({ inForceUntil }) => inForceUntil === null);
  const inOrder = (lines: readonly (readonly unknown[])[]) => lines.map((line) => JSON.stringify(line)).sort();
  expect(inOrder(standing.map(({ entry, action, toDose }) => [entry, action, Number(toDose)]))).toEqual(
    inOrder(
      [...histories.values()].flatMap(({ events }) =>
        events.map(({ entry, action, toDose }) => [entry, action, toDose]),
      ),
    ),
  );
  expect(rows.every(({ inForceFrom }) => (parseInstant(inForceFrom)?.ms ?? Infinity) <= atMs)).toBe(true);
  const { text } = got(await exportDoseModifications(actor, code, { asKnownAt }));
  const [head = "", ...table] = text.split("\r\n\r\n");
  const above = new Map(parse(head).map(([name = "", value = ""]) => [name, value]));
  expect([above.get("Filters"), above.get("SHA-256 of the table below")]).toEqual([`As known at ${asKnownAt}`, sha256]);
  expect(parse(table.join("\r\n\r\n"), { columns: true })).toHaveLength(rows.length);
  return histories.size;
};
