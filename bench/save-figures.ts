import { randomUUID } from "node:crypto";
import type { Actor } from "@/lib/server/command/actor";
import { entriesInput } from "@/lib/contracts/entries/entry";
import { readInput } from "@/lib/contracts/field-faults";
import { database } from "@/lib/server/db/database";
import { createUser } from "@/lib/server/operations/accounts/create-user";
import { setMembership } from "@/lib/server/operations/accounts/set-membership";
import { recordEntries } from "@/lib/server/operations/entries/record-entries";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import type { Figure } from "./figure";

const CODE = "BENCH";
const ROUNDS = 5;
const SAVES_A_ROUND = 150;
const WARM_UP = 60;

const DAY_MS = 86_400_000;
const START_MS = Date.UTC(2015, 0, 5, 9);

const isoOf = (day: number, minutes = 0): string => new Date(START_MS + day * DAY_MS + minutes * 60_000).toISOString();

/** An animal with so many entries before: a baseline, a first dose, then weights. */
const historyOf = (animal: string, entries: number): readonly object[] =>
  Array.from({ length: entries }, (_, index) => {
    const common = { id: `${animal}-${String(index)}`, animal, observedAt: isoOf(index), recordedAt: isoOf(index, 30) };
    if (index === 1) return { ...common, kind: "dose", amount: 4 };
    return { ...common, kind: "weight", grams: 22 + (index % 20) / 10 };
  });

/** Each is written by one way of saving only, so that none waits for another's lock. */
const ANIMALS = { short: 10, long: 3650, saved: 365, floor: 365 } as const;

const CONSOLE: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "console",
  name: "Bench",
  administrator: true,
  auditor: false,
  via: "console",
};

const EMAIL = "bench@example.org";

const makeStudy = async (): Promise<Actor> => {
  const imported = await importBundle(null, CODE, {
    format: "dose-history/1",
    study: { code: CODE, species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1] }],
    animals: Object.keys(ANIMALS).map((id) => ({ id, startingDose: 4 })),
    entries: Object.entries(ANIMALS).flatMap(([animal, entries]) => historyOf(animal, entries)),
  });
  if (!imported.ok) throw new Error(imported.fault.detail);
  const account = { email: EMAIL, name: "Bench", password: randomUUID() };
  const standing = { administrator: false, auditor: false, everyStudyRoles: [] };
  const made = await createUser(CONSOLE, { ...account, ...standing });
  if (!made.ok) throw new Error(made.fault.detail);
  const joined = await setMembership(CONSOLE, CODE, { email: EMAIL, roles: ["technician"] });
  if (!joined.ok) throw new Error(joined.fault.detail);
  const { rows } = await database().pool.query<{ readonly id: string }>("SELECT id::text FROM users WHERE email = $1", [
    EMAIL,
  ]);
  const address = "127.0.0.1; Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36";
  return { ...account, ...standing, userId: rows[0]?.id ?? "", via: "session", address };
};

const weighed = (animal: string) => ({
  id: randomUUID(),
  animal,
  kind: "weight",
  observedAt: new Date().toISOString(),
  grams: { text: "23.40", unit: "g" },
});

/** What a request costs behind HTTP: the gate, the schema, the lock, the judgement, the rows, the commit. */
const save = async (actor: Actor, animal: string): Promise<void> => {
  const read = readInput(entriesInput, weighed(animal));
  if (!read.ok) throw new Error(read.fault[0]?.message);
  const result = await recordEntries(actor, CODE, read.value);
  if (!result.ok) throw new Error(result.fault.detail);
};

type FloorAnimal = { readonly studyId: number; readonly animalId: number; runNumber: number };

const floorAnimal = async (): Promise<FloorAnimal> => {
  const { rows } = await database().pool.query<FloorAnimal>(
    `SELECT a.study_id AS "studyId", a.id AS "animalId", s.run_number AS "runNumber"
     FROM animals a JOIN animal_states s ON (s.study_id, s.animal_id) = (a.study_id, a.id) WHERE a.tag = 'floor'`,
  );
  const [row] = rows;
  if (row === undefined) throw new Error("the animal is not there");
  return row;
};

/** The same rows by node-postgres alone: nobody checked, locked, judged, or kept a state. */
const insertRows = async (actor: Actor, animal: FloorAnimal): Promise<void> => {
  animal.runNumber += 1;
  const { id, observedAt } = weighed("floor");
  const client = await database().pool.connect();
  try {
    await client.query("BEGIN");
    const recordedAt = new Date().toISOString();
    await client.query(
      `INSERT INTO bare_decision_runs (study_id, animal_id, recorded_at, run_number, judged, status, dose, open_toxicities, protocol_version, engine_version)
       VALUES ($1, $2, $3, $4, 'continued', 'ON_DOSE', 4, '{}', 1, '1')`,
      [animal.studyId, animal.animalId, recordedAt, animal.runNumber],
    );
    await client.query(
      `INSERT INTO bare_entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, recorded_by, recorded_by_text, record_id, content_hash, answer)
       VALUES ($1, $2, $3, 'weight', $4, $5, $6, $7, $8, $2, $9, $10)`,
      [
        animal.studyId,
        id,
        animal.animalId,
        observedAt,
        observedAt,
        recordedAt,
        actor.userId,
        actor.email,
        Buffer.alloc(32, 1),
        '{"grades":[],"notEvaluable":[],"deviations":[],"warnings":[]}',
      ],
    );
    await client.query(`INSERT INTO bare_body_weights (study_id, entry_id, grams, reported) VALUES ($1, $2, $3, $4)`, [
      animal.studyId,
      id,
      "23.4",
      '{"grams":{"text":"23.40","unit":"g"}}',
    ]);
    await client.query(
      `INSERT INTO bare_audit_events (chain, sequence, at, kind, actor, actor_text, roles, origin, address, study_id, animal_id, entry_id,
         subject, new_value, previous_hash, hash, created_in)
       VALUES ($1, $2, $3, 'ENTRY_RECORDED', $4, $5, 'technician', 'session', $6, $7, $8, $9, 'floor', $10, $11, $11, '3')`,
      [
        `animal:${CODE}:${String(animal.animalId)}`,
        animal.runNumber,
        recordedAt,
        actor.userId,
        actor.email,
        actor.address,
        animal.studyId,
        animal.animalId,
        id,
        JSON.stringify({
          ...weighed("floor"),
          grams: 23.4,
          reported: { grams: { text: "23.40", unit: "g" } },
          recordedAt,
        }),
        Buffer.alloc(32, 1),
      ],
    );
    await client.query("COMMIT");
  } finally {
    client.release();
  }
};

const median = (values: readonly number[]): number =>
  [...values].sort((left, right) => left - right)[values.length >> 1] ?? 0;

/** Both ways in turn, so that whatever else the machine does falls on both; the median of each, then of the rounds' ratios. */
const ratio = async (
  one: () => Promise<void>,
  other: () => Promise<void>,
): Promise<{ readonly ratio: number; readonly ms: number }> => {
  const timed = async (work: () => Promise<void>): Promise<number> => {
    const start = performance.now();
    await work();
    return performance.now() - start;
  };
  for (let index = 0; index < WARM_UP; index += 1) {
    await one();
    await other();
  }
  const ratios: number[] = [];
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const ones: number[] = [];
    const others: number[] = [];
    for (let index = 0; index < SAVES_A_ROUND; index += 1) {
      ones.push(await timed(one));
      others.push(await timed(other));
    }
    ratios.push(median(ones) / median(others));
    times.push(median(ones));
  }
  return { ratio: median(ratios), ms: median(times) };
};

const figure = (
  name: string,
  { ratio: value, ms }: { readonly ratio: number; readonly ms: number },
  aim: number,
): Figure => ({
  name,
  value: `${value.toFixed(2)} (save ${ms.toFixed(2)} ms)`,
  aim: `≤ ${aim.toFixed(1)}`,
  reached: value <= aim,
});

/** On the database of this process, which is fresh. */
export const measureSaves = async (): Promise<readonly Figure[]> => {
  const actor = await makeStudy();
  const floor = await floorAnimal();
  const overFloor = await ratio(
    () => save(actor, "saved"),
    () => insertRows(actor, floor),
  );
  const growth = await ratio(
    () => save(actor, "long"),
    () => save(actor, "short"),
  );
  return [
    figure("save with its audit event ÷ the same rows inserted bare", overFloor, 2.0),
    figure("save at entry 3,650 ÷ at entry 10", growth, 1.1),
  ];
};
