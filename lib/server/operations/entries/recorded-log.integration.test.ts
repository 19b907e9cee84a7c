import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as changesRoute from "@/app/api/v1/studies/[code]/animals/[tag]/changes/route";
import { readBundle } from "@/lib/domain/record/read-bundle";
import { historyDocument, replayBundle } from "@/lib/domain/rules/write-history";
import { revisedRecords } from "@/lib/domain/record/record";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase } from "@/lib/server/db/database";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { rebuildAnimalStates } from "@/lib/server/judging/rebuild-animal-states";
import { readStoredHistory } from "@/test/database/stored-history";
import { inTransaction } from "@/lib/server/db/transaction";
import { withConnection } from "../../../../scripts/database/connection.mjs";
import { exportBundle } from "../studies/export-bundle";
import { importBundle } from "../studies/import-bundle";
import {
  BECAUSE,
  DEVIATION,
  activeStudy,
  SETTINGS,
  ago,
  cbc,
  dose,
  observation,
  record,
  recorded,
  weight,
} from "@/test/database/entry-study";
import { histories, seedOf } from "@/test/oracle/run-count.property";
import { expectReplay } from "@/test/attacks/known-replay";
import { draft, send, sign, useStaff } from "@/test/database/set-up";

const staff = useStaff();

const studyOf = async (code: string): Promise<{ readonly id: number; readonly timeZone: string }> => {
  const [study] = await connection.query<{ id: number; timeZone: string }>({
    text: `SELECT id, time_zone AS "timeZone" FROM studies WHERE code = $1`,
    values: [code],
  });
  if (study === undefined) throw new Error(`there is no study ${code}`);
  return study;
};

const exported = async (code: string): Promise<unknown> => {
  const result = await exportBundle(staff.ada, code);
  if (!result.ok) throw new Error(result.fault.detail);
  let text = "";
  for await (const part of result.value) text += part;
  return JSON.parse(text);
};

type Step = { readonly what: number; readonly days: number; readonly value: number; readonly amends: number };

const steps = fc.array(
  fc.record({
    what: fc.nat(9),
    days: fc.double({ min: 0, max: 9, noNaN: true }),
    value: fc.nat(4),
    amends: fc.nat(30),
  }),
  { minLength: 4, maxLength: 14 },
);

type Sent = { readonly id: string; readonly kind: string };

const { groups: _groups, ...AMENDABLE } = SETTINGS;
const CUT_OFFS = [0.5, 0.9, 1.0, 1.4, 2.0];

/** An amendment, which judges what is observed from then on. */
const amend = async (code: string, { value }: Step, place: number): Promise<void> => {
  const grade3Below = CUT_OFFS[value] ?? 1;
  const neutrophils = { grade2Below: grade3Below + 0.5, grade3Below, grade4Below: 0.4, recoverAt: grade3Below };
  const settings = { ...AMENDABLE, feverCelsius: 38 + (place + 1) / 100, reason: "For the test", neutrophils };
  expect((await draft(staff.dora, code, settings)).status).toBe(200);
  expect((await sign(staff.dora, code)).status).toBe(200);
};

/** Where the animal lives changes between its entries, and is no part of what is decided. */
const move = async (code: string, { amends }: Step): Promise<void> => {
  const body = { id: randomUUID(), reason: "Cages changed", cage: randomUUID().slice(0, 8), room: String(amends) };
  expect((await send(changesRoute.POST, "POST", staff.tim, { code, tag: "M001" }, body)).status).toBe(201);
};

/** A request of the step; corrections and voids are of something sent before. */
const requestOf = ({ what, days, value, amends }: Step, sent: readonly Sent[]): readonly object[] => {
  const when = ago(days);
  const count = () => cbc("M001", [0.3, 0.8, 1.2, 1.8, 2.6][value], when);
  const target = sent[amends % Math.max(sent.length, 1)];
  switch (what) {
    case 0:
      return [weight("M001", 20 - value, when)];
    case 1:
      return [count()];
    case 2:
      return [observation("M001", when, { temperature: 36 + value, findings: [{ term: "DIARRHEA", grade: value }] })];
    case 3:
      return [dose("M001", 4 - (value % 2), when, DEVIATION)];
    case 4:
      return [count(), observation("M001", when, { temperature: 39 }), weight("M001", 18, ago(days / 2))];
    case 5:
      return [
        {
          id: randomUUID(),
          animal: "M001",
          kind: "order",
          observedAt: when,
          action: value > 2 ? "WITHHOLD" : "RESUME",
          ...(value > 2 ? {} : { dose: 3 }),
          reason: "Test",
        },
      ];
    case 6:
      return target === undefined ? [count()] : [{ id: randomUUID(), animal: "M001", voids: target.id, ...BECAUSE }];
    case 8:
      return [cbc("M001", [0.3, 0.8, 1.2, 1.8, 2.6][amends % 5], new Date().toISOString())];
    default:
      return target?.kind === "cbc" ? [{ ...count(), corrects: target.id, ...BECAUSE }] : [count()];
  }
};

/** A count that surely stands in the end. */
const COUNT_TO_CORRECT: Step = { what: 1, days: 2, value: 3, amends: 0 };

describe("whatever is recorded, in whatever order", () => {
  const samples = fc.sample(steps, { ...histories(8), seed: seedOf(20_260_204) });

  test.each(samples.map((sample, index) => [index, sample] as const))(
    "log %i: the stored history just before and at every instant is the replay of the exported bundle",
    async (index, sample) => {
      const code = await activeStudy(staff, `L-${String(index)}`);
      const sent: Sent[] = [];
      for (const [place, step] of sample.entries()) {
        // Another one each time: a version that changes nothing is not signed.
        if (step.what === 8) await amend(code, step, place);
        if (step.what === 9) {
          await move(code, step);
          continue;
        }
        const request = requestOf(step, sent);
        const { status } = await record(staff.dora, code, request);
        // A second void, a correction of what was voided: refused, and nothing of it is in the log.
        if (status === 201)
          sent.push(...(request as Sent[]).filter(({ kind }) => (kind as string | undefined) !== undefined));
        else expect(status).toBe(409);
      }
      const study = await studyOf(code);
      expect(await checkDecisions(connection, study)).toEqual([]);
      const bundle = readBundle(await exported(code));
      if (!bundle.ok) throw new Error(`${bundle.fault.path} ${bundle.fault.message}`);
      const [row] = await studyAnimalRows(connection, study.id, ["M001"]);
      const instants = bundle.value.entries.map(({ recordedAt }) => recordedAt.ms);
      for (const atMs of instants.flatMap((ms) => [ms - 1, ms])) {
        const history = replayBundle(bundle.value, atMs).get("M001");
        if (history === undefined || row === undefined) throw new Error("the animal is gone");
        const { status, dose: inForce, openToxicities, events } = historyDocument(history);
        expect(await readStoredHistory(connection, row, atMs)).toEqual({
          status,
          dose: inForce,
          openToxicities,
          events,
        });
      }
      // At some of them also as every page, file and address shows it.
      for (const atMs of fc.sample(fc.constantFrom(...instants), { numRuns: 3, seed: seedOf(index) }))
        expect(await expectReplay(staff.ada, code, bundle.value, atMs)).toBe(3);
    },
  );
});

/** What stands of an animal now: as stored, and of every record by its original, whichever version it is. */
const stands = async (code: string) => {
  const document = (await exported(code)) as {
    readonly entries: readonly { readonly id: string; readonly corrects?: string }[];
  };
  const [row] = await studyAnimalRows(connection, (await studyOf(code)).id, ["M001"]);
  if (row === undefined) throw new Error("M001 is not there");
  const stored = await readStoredHistory(connection, row, null);
  const bundle = readBundle(document);
  if (!bundle.ok) throw new Error("the study cannot be read");
  const { originalOf } = revisedRecords(bundle.value.entries);
  const events = stored.events.map((event) => ({ ...event, entry: originalOf.get(event.entry) ?? event.entry }));
  return { document, entries: bundle.value.entries, history: { ...stored, events } };
};

describe("through the database as well", () => {
  const logs = fc.sample(steps, { ...histories(4), seed: seedOf(20_261_129) });

  test.each(logs.map((log, index) => [index, log] as const))(
    "log %i: a correction and the correction back change nothing, and the same log in any order is the same history",
    async (index, log) => {
      const code = await activeStudy(staff, `B-${String(index)}`);
      const sent: Sent[] = [];
      for (const step of [...log, COUNT_TO_CORRECT]) {
        const request = requestOf(step, sent) as Sent[];
        const { status } = await record(staff.dora, code, request);
        if (status === 201) sent.push(...request.filter((entry) => "kind" in entry));
      }
      const before = await stands(code);
      const target = standingVersions(before.entries).find(({ entry }) => entry.kind === "cbc")?.entry;
      if (target?.kind !== "cbc") throw new Error("no count stands");
      const back = { ...before.document.entries.find(({ id }) => id === target.id), ...BECAUSE };
      const { recordedAt: _at, recordedBy: _by, ...content } = back as Readonly<Record<string, unknown>>;
      const away = { ...cbc("M001", 0.2, target.observedAt.text), corrects: target.id, ...BECAUSE };
      recorded(await record(staff.dora, code, away));
      recorded(await record(staff.dora, code, { ...content, id: randomUUID(), corrects: away.id }));
      const after = await stands(code);
      expect(after.history).toEqual(before.history);

      const other = `${code}-SHUFFLED`;
      const [shuffled] = fc.sample(
        fc.shuffledSubarray([...after.document.entries], { minLength: after.entries.length }),
        {
          numRuns: 1,
          seed: seedOf(index),
        },
      );
      const imported = await importBundle(staff.admin, other, { ...after.document, entries: shuffled });
      if (!imported.ok) throw new Error(imported.fault.detail);
      expect((await stands(other)).history).toEqual(after.history);
    },
  );
});

test("a state made again from the log is the one that was carried on", async () => {
  const code = await activeStudy(staff, "L-STATE");
  recorded(
    await record(staff.tim, code, [weight("M001", 22), cbc("M001", 2.4, ago(10)), observation("M001", ago(10))]),
  );
  recorded(await record(staff.tim, code, dose("M001", 4, ago(9), DEVIATION)));
  recorded(await record(staff.tim, code, cbc("M001", 0.4, ago(3))));
  recorded(await record(staff.tim, code, weight("M001", 17.1, ago(2))));
  const study = await studyOf(code);
  const states = () =>
    connection.query({
      text: "SELECT * FROM animal_states WHERE study_id = $1 ORDER BY animal_id",
      values: [study.id],
    });
  const carried = await states();
  await inTransaction(database(), async (transaction) => ({
    keep: true,
    value: await rebuildAnimalStates(transaction, study.id),
  }));
  expect(await states()).toEqual(carried);
});

describe("instants are stored as they were meant", () => {
  const OTHERS = ["America/New_York", "Asia/Kolkata", "Pacific/Kiritimati"] as const;

  test.each(OTHERS)("read by a second client whose session is in %s", async (timeZone) => {
    const code = await activeStudy(staff, `T-${timeZone.slice(0, 4)}`);
    const observedAt = "2026-07-01T12:00:00.125-04:00";
    const then = observedAt.replace("2026-07", "2025-07");
    const entry = weight("M002", 22, then);
    const [answer] = recorded(await record(staff.tim, code, entry)).entries;
    const url = process.env["DATABASE_URL"] ?? "";
    await withConnection(url, async (client) => {
      await client.query(`SET TimeZone = '${timeZone}'`);
      const { rows } = await client.query<{ observed: string; recorded: string; clock: boolean }>(
        `SELECT extract(epoch FROM observed_at)::text AS observed, (extract(epoch FROM recorded_at) * 1000)::bigint::text AS recorded,
           stored_at - recorded_at BETWEEN interval '0' AND interval '20 seconds' AS clock FROM entries WHERE id = $1`,
        [entry.id],
      );
      expect(Number(rows[0]?.observed)).toBe(Date.parse(then) / 1000);
      expect(Number(rows[0]?.recorded)).toBe(Date.parse(answer?.recordedAt ?? ""));
      expect(rows[0]?.clock).toBe(true);
    });
  });

  test.each(OTHERS)("also where the address of the database asks for %s", async (timeZone) => {
    const address = new URL(process.env["DATABASE_URL"] ?? "");
    address.searchParams.set("options", `-c TimeZone=${timeZone}`);
    const other = openDatabase(address.href);
    try {
      const { rows } = await other.pool.query<{ TimeZone: string }>("SHOW TimeZone");
      expect(rows).toEqual([{ TimeZone: "UTC" }]);
      const expiresAt = new Date("2026-07-01T12:00:00Z");
      const session = await other.prisma.session.create({
        data: { userId: staff.tim.userId, sessionEpoch: 0, expiresAt },
      });
      await withConnection(process.env["DATABASE_URL"] ?? "", async (client) => {
        const stored = await client.query<{ ms: string }>(
          "SELECT extract(epoch FROM expires_at) * 1000 AS ms FROM sessions WHERE id = $1",
          [session.id],
        );
        expect(Number(stored.rows[0]?.ms)).toBe(expiresAt.getTime());
      });
    } finally {
      await other.close();
    }
  });
});
