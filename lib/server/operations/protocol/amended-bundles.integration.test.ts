import { expect, test } from "vitest";
import { useOwnCheckpoints } from "@/test/database/own-checkpoints";
import { writeFault } from "@/lib/domain/trail/audit-fault";
import { verifyBundle } from "@/lib/domain/proof/verify-bundle";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { historyDocument, replayBundle } from "@/lib/domain/rules/write-history";
import * as protocolRoute from "@/app/api/v1/studies/[code]/protocol/route";
import { checkSignature, quickLinkHash, textHash } from "@/lib/server/verifying/checkpoint-signatures";
import { connection } from "@/lib/server/db/connection";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { readStoredHistory } from "@/test/database/stored-history";
import { join } from "@/test/people/test-people";
import { verifyDatabase } from "../audit/verify-database";
import { exportBundle } from "../studies/export-bundle";
import { importBundle } from "../studies/import-bundle";
import { DEVIATION, SETTINGS, activeStudy, ago, cbc, dose, record, recorded } from "@/test/database/entry-study";
import { draft, send, sign, useStaff } from "@/test/database/set-up";
import { readProtocol } from "./read-protocol";

useOwnCheckpoints();
const staff = useStaff();
const MEANS = { hash: quickLinkHash, textHash, checkSignature, isTrusted: null };
const { groups: _groups, ...AMENDABLE } = SETTINGS;
const REASON = "Healthy mice of this strain sit below 1.0";

const amend = async (code: string): Promise<void> => {
  const settings = { ...AMENDABLE, reason: REASON, neutrophils: { grade3Below: 0.5, recoverAt: 0.5 } };
  expect((await draft(staff.dora, code, settings)).status).toBe(200);
  expect((await sign(staff.dora, code)).status).toBe(200);
};

const now = (): string => new Date().toISOString();

const exported = async (code: string): Promise<Record<string, unknown>> => {
  const result = await exportBundle(staff.admin, code);
  if (!result.ok) throw new Error(result.fault.detail);
  let text = "";
  for await (const part of result.value) text += part;
  return JSON.parse(text) as Record<string, unknown>;
};

/** What is stored of a study is what its bundle replays to, for everybody who has only the bundle. */
const expectReplayed = async (code: string, document: unknown): Promise<void> => {
  const bundle = readBundle(document);
  if (!bundle.ok) throw new Error(`${bundle.fault.path} ${bundle.fault.message}`);
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`there is no study ${code}`);
  expect(await checkDecisions(connection, study)).toEqual([]);
  const histories = replayBundle(bundle.value);
  for (const row of await studyAnimalRows(connection, study.id, null)) {
    const { tag } = row;
    const history = histories.get(tag);
    if (history === undefined) throw new Error(`${tag} is not in the bundle`);
    const { status, dose: inForce, openToxicities, events } = historyDocument(history);
    expect(await readStoredHistory(connection, row, null)).toEqual({
      status,
      dose: inForce,
      openToxicities,
      events,
    });
  }
};

test("an amended study leaves with its versions and reasons, arrives as it left, and can be amended there again", async () => {
  const code = await activeStudy(staff, "B-001");
  recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
  recorded(await record(staff.tim, code, cbc("M001", 0.8, ago(5))));
  await amend(code);
  recorded(await record(staff.tim, code, cbc("M001", 0.6, now())));
  const first = await exported(code);
  expect(first["protocols"]).toMatchObject([{ version: 1 }, { version: 2, reason: REASON }]);
  await expectReplayed(code, first);

  expect(await importBundle(staff.admin, "B-002", first)).toMatchObject({ ok: true });
  await join(staff.dora, "B-002", "study_director");
  await join(staff.tim, "B-002", "technician");
  const arrived = await readProtocol(staff.dora, "B-002", null);
  expect(arrived).toMatchObject({
    ok: true,
    value: { version: 2, status: "IMPORTED", inForce: "NOW", reason: REASON, signature: null },
  });
  expect(await exported("B-002")).toEqual(first);

  expect((await draft(staff.dora, "B-002", { ...AMENDABLE, reason: "Back to the source" })).status).toBe(200);
  expect((await sign(staff.dora, "B-002")).status).toBe(200);
  recorded(await record(staff.tim, "B-002", cbc("M001", 0.6, now())));
  const second = await exported("B-002");
  expect(second["protocols"]).toMatchObject([{ version: 1 }, { version: 2 }, { version: 3, groups: [{}, {}] }]);
  expect(second["proof"]).toBeDefined();
  await expectReplayed("B-002", second);

  // The trail says the same: of each version, of a draft that still stands, and of one that was discarded.
  expect(verifyBundle(first, MEANS)?.faults).toEqual([]);
  expect(verifyBundle(second, MEANS)?.faults).toEqual([]);
  expect((await draft(staff.dora, code, { ...AMENDABLE, feverCelsius: 39 })).status).toBe(200);
  expect((await draft(staff.dora, "B-002", { ...AMENDABLE, feverCelsius: 39 })).status).toBe(200);
  expect((await send(protocolRoute.DELETE, "DELETE", staff.dora, { code })).status).toBe(200);
  expect((await verifyDatabase(null)).faults.map(writeFault)).toEqual([]);
});
