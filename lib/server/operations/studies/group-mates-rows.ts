import "server-only";
import type { GroupMate } from "@/lib/contracts/animal-record";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";

const MEASUREMENTS = [
  ["weight", "w.grams"],
  ["neutrophils", "c.neutrophils"],
  ["platelets", "c.platelets"],
  ["alt", "l.alt"],
  ["ast", "l.ast"],
  ["bilirubin", "l.bilirubin"],
  ["temperature", "o.temperature"],
] as const;

const valueRows = MEASUREMENTS.map(([name, column]) => `('${name}', ${column})`).join(", ");

/**
 * The values of the other animals of an animal's group that have had a first dose, in one statement, from
 * the versions that stand.
 */
export const groupMates = (connection: Transaction, studyId: number, animalId: number): Promise<readonly GroupMate[]> =>
  connection.query<GroupMate>({
    name: "group_mates",
    text: `
      WITH mates AS (
        SELECT a.study_id, a.id, (s.summary->>'firstDoseMs')::float8 AS first_dose, (s.summary->'baselineWeight'->>'value')::float8 AS grams
        FROM animals own
          JOIN animals a ON a.study_id = own.study_id AND a.group_code = own.group_code AND a.id <> own.id
          JOIN animal_states s ON (s.study_id, s.animal_id) = (a.study_id, a.id)
        WHERE own.study_id = $1 AND own.id = $2 AND s.summary->>'firstDoseMs' IS NOT NULL
      ), standing AS (
        SELECT e.study_id, e.id, e.animal_id, e.observed_at
        FROM mates m JOIN standing_versions($1, NULL) e ON e.animal_id = m.id
        WHERE e.kind IN ('weight', 'cbc', 'lft', 'observation')
      ), measured AS (
        SELECT v.animal_id, v.observed_at, x.measurement, x.value
        FROM standing v
          LEFT JOIN body_weights w ON w.study_id = v.study_id AND w.entry_id = v.id
          LEFT JOIN complete_blood_counts c ON c.study_id = v.study_id AND c.entry_id = v.id
          LEFT JOIN chemistries l ON l.study_id = v.study_id AND l.entry_id = v.id
          LEFT JOIN clinical_observations o ON o.study_id = v.study_id AND o.entry_id = v.id
          CROSS JOIN LATERAL (VALUES ${valueRows}) AS x (measurement, value)
        WHERE x.value IS NOT NULL
      )
      SELECT m.first_dose AS "firstDoseMs", m.grams AS "baselineGrams",
        json_agg(json_build_object('measurement', measurement, 'observedMs', ${msOf("observed_at")}, 'value', value)) AS values
      FROM mates m JOIN measured ON measured.animal_id = m.id GROUP BY m.id, m.first_dose, m.grams ORDER BY m.id`,
    values: [studyId, animalId],
  });
