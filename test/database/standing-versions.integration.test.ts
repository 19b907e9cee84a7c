import { expect, test } from "vitest";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import { readEntry } from "@/lib/domain/record/read-entry";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { withConnection } from "../../scripts/database/connection.mjs";
import { pastTriggers } from "./past-triggers";
import { createTestDatabase } from "./test-database";

/** The same numbers in every run (mulberry32). */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
};

type Version = {
  readonly id: string;
  readonly record: string;
  readonly corrects: string | null;
  readonly voids: string | null;
  readonly hour: number;
};

const HOURS = 5;
const at = (hour: number): string => `2026-02-01T0${String(hour)}:00:00Z`;

/** Records of up to seven versions, most of them at few instants; ids in capitals, small letters and beyond the first plane. */
const randomRecords = (below: (limit: number) => number): readonly Version[] => {
  const versions: Version[] = [];
  for (let record = 0; record < 300; record += 1) {
    const idOf = (): string => `${["a", "B", "é", "\u{1F42D}", "z"][below(5)] ?? ""}${String(versions.length)}`;
    const own: Version[] = [{ id: idOf(), record: "", corrects: null, voids: null, hour: below(HOURS) }];
    const original = own[0]?.id ?? "";
    own[0] = { id: original, record: original, corrects: null, voids: null, hour: own[0]?.hour ?? 0 };
    versions.push(own[0]);
    for (let more = below(7); more > 0; more -= 1) {
      const named = own[below(own.length)] ?? own[0];
      const hour = Math.min(HOURS - 1, named.hour + below(2));
      const isVoid = below(8) === 0;
      const version = { id: idOf(), record: original, hour };
      const made = isVoid
        ? { ...version, corrects: null, voids: named.id }
        : { ...version, corrects: named.id, voids: null };
      if (!isVoid) own.push(made);
      versions.push(made);
    }
  }
  return versions;
};

const entryOf = ({ id, corrects, voids, hour }: Version): LogEntry => {
  const named = voids === null ? { kind: "weight", grams: 20, observedAt: at(0) } : { kind: "void", voids };
  const amended = corrects === null ? {} : { corrects };
  const read = readEntry({ id, animal: "M1", recordedAt: at(hour), reason: "x", ...named, ...amended }, "", false);
  if (!read.ok) throw new Error(`${read.fault.path} ${read.fault.message}`);
  return read.value;
};

test("the version that stands, as known at each instant, is the domain's", async () => {
  const versions = randomRecords(numbers(20261201));
  expect(versions.filter(({ voids }) => voids !== null).length).toBeGreaterThan(50);
  const { superuserUrl } = await createTestDatabase();
  await withConnection(superuserUrl, async (client) => {
    await pastTriggers(client, "entries", () =>
      client.query(
        `INSERT INTO entries (study_id, id, animal_id, kind, observed_at, observed_at_text, recorded_at, record_id, corrects, voids, reason, content_hash)
         SELECT 1, v.id, 1, CASE WHEN v.voids IS NULL THEN 'weight' ELSE 'void' END, CASE WHEN v.voids IS NULL THEN timestamptz '${at(0)}' END,
           CASE WHEN v.voids IS NULL THEN 'x' END, timestamptz '${at(0)}' + v.hour * interval '1 hour', v.record, v.corrects, v.voids, 'x', sha256('x')
         FROM json_to_recordset($1) v(id text, record text, corrects text, voids text, hour integer)`,
        [JSON.stringify(versions)],
      ),
    );
    const asked = async (known: string | null): Promise<readonly string[]> => {
      const { rows } = await client.query<{ id: string }>("SELECT id FROM standing_versions(1, $1)", [known]);
      return rows.map(({ id }) => id).sort();
    };
    const expected = (log: readonly Version[]) =>
      standingVersions(log.map(entryOf))
        .map(({ entry }) => entry.id)
        .sort();
    expect(await asked(null)).toEqual(expected(versions));
    for (let hour = 0; hour < HOURS; hour += 1) {
      expect(await asked(at(hour))).toEqual(expected(versions.filter((version) => version.hour <= hour)));
    }
  });
});
