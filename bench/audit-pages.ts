import { randomUUID } from "node:crypto";
import { writeAuditCursor } from "@/lib/contracts/audit";
import type { AuditFilters } from "@/lib/contracts/audit";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { listEvents } from "@/lib/server/operations/audit/list-events";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { withConnection } from "../scripts/database/connection.mjs";
import { onBenchDatabase } from "./bench-database";
import type { Figure } from "./figure";

const CODE = "TRAIL";
const EVENTS = 1_000_000;
const CHAINS = 400;
const PAGES_DEEP = 3600;
const EVENTS_ON_A_PAGE = 50;
const ROUNDS = 60;
const AIM = 1.5;

/** Kinds as a study has them: weights and counts most of all, a correction now and then. */
const EVENTS_OF_A_STUDY = `
  INSERT INTO audit_events (chain, sequence, at, kind, actor_text, roles, origin, study_id, animal_id, subject, new_value,
    previous_hash, hash, created_in)
  SELECT 'animal:${CODE}:' || (i % ${String(CHAINS)}), i / ${String(CHAINS)} + 1000, timestamptz '2020-01-01Z' + i * interval '7 seconds',
    CASE WHEN i % 50 = 0 THEN 'ENTRY_CORRECTED' ELSE 'ENTRY_RECORDED' END, 'person' || i % 12 || '@example.org', 'technician', 'session',
    s.id, i % ${String(CHAINS)}, NULL, '{"kind":"weight","grams":' || 20 + i % 9 || '}',
    decode(repeat('00', 32), 'hex'), decode(repeat('00', 32), 'hex'), this_transaction()
  FROM generate_series(1, ${String(EVENTS)}) AS i, studies s WHERE s.code = '${CODE}'`;

/** Written by the one login that can, around the triggers: what is measured is reading. Indexes are built once, at the end. */
const writeTrail = (superuserUrl: string): Promise<void> =>
  withConnection(superuserUrl, async (client) => {
    const { rows } = await client.query<{ name: string; definition: string }>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes i
       WHERE tablename = 'audit_events' AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conname = i.indexname)`,
    );
    await client.query("BEGIN");
    await client.query("ALTER TABLE audit_events DISABLE TRIGGER ALL");
    for (const { name } of rows) await client.query(`DROP INDEX ${client.escapeIdentifier(name)}`);
    await client.query(EVENTS_OF_A_STUDY);
    for (const { definition } of rows) await client.query(definition);
    await client.query("COMMIT");
    await client.query("VACUUM ANALYZE audit_events");
  });

const AUDITOR: Actor = {
  userId: randomUUID(),
  email: "bench@example.org",
  name: "Bench",
  administrator: false,
  auditor: true,
  via: "session",
};

const makeStudy = async (): Promise<void> => {
  const imported = await importBundle(null, CODE, {
    format: "dose-history/1",
    study: { code: CODE, species: "mouse", timeZone: "UTC" },
    protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3, 2, 1] }],
    animals: [{ id: "M1", startingDose: 4 }],
    entries: [],
  });
  if (!imported.ok) throw new Error(imported.fault.detail);
};

/** The event that so many pages end with. */
const placeOf = async (kind: string | null, pages: number): Promise<string> => {
  const [row] = await connection.query<{ atMs: number; sequence: string; chain: string }>({
    text: `SELECT (extract(epoch FROM at) * 1000)::float8 AS "atMs", sequence::text AS sequence, chain FROM audit_events
           WHERE study_id = (SELECT id FROM studies WHERE code = $1) AND ($2::text IS NULL OR kind = $2)
           ORDER BY at DESC, chain DESC, sequence DESC OFFSET $3 LIMIT 1`,
    values: [CODE, kind, pages * EVENTS_ON_A_PAGE - 1],
  });
  if (row === undefined) throw new Error("the trail is not that long");
  return writeAuditCursor(row);
};

const pageMs = async (filters: AuditFilters, after: string | undefined): Promise<number> => {
  const start = performance.now();
  const page = await listEvents(AUDITOR, CODE, { ...filters, after });
  const took = performance.now() - start;
  if (!page.ok || page.value.events.length !== EVENTS_ON_A_PAGE) throw new Error("a page is not whole");
  return took;
};

/** The fastest of many, each asked in turn: what else the machine does meets both alike. */
const compare = async (
  name: string,
  filters: AuditFilters,
  deep: { readonly pages: number; readonly after: string },
): Promise<Figure> => {
  let [first, last] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round += 1) {
    first = Math.min(first, await pageMs(filters, undefined));
    last = Math.min(last, await pageMs(filters, deep.after));
  }
  const ratio = last / first;
  return {
    name: `audit trail, ${String(EVENTS)} events, ${name}: page ${String(deep.pages + 1)} ÷ page 1`,
    value: `${ratio.toFixed(2)} (${first.toFixed(1)} ms the first)`,
    aim: `≤ ${AIM.toFixed(1)}`,
    reached: ratio <= AIM,
  };
};

/** What is measured is reading: the million events need not survive a power cut. */
const SETTINGS = ["fsync=off", "full_page_writes=off", "max_wal_size=4GB", "maintenance_work_mem=128MB"];

/** A million events, and a page deep in them beside the first. */
export const auditPageFigures = (): Promise<readonly Figure[]> =>
  onBenchDatabase(async ({ superuserUrl }) => {
    await makeStudy();
    await writeTrail(superuserUrl);
    const kind = "ENTRY_CORRECTED" as const;
    const ofKind = 150;
    return [
      await compare("whole", {}, { pages: PAGES_DEEP, after: await placeOf(null, PAGES_DEEP) }),
      await compare("one kind", { kind }, { pages: ofKind, after: await placeOf(kind, ofKind) }),
    ];
  }, SETTINGS);
