import { withConnection } from "../scripts/database/connection.mjs";
import { onBenchDatabase } from "./bench-database";
import type { Figure } from "./figure";
import { measureSaves } from "./save-figures";

/** Tables with the columns, checks and indexes of those that a save writes, and nothing of their triggers and references. */
const makeBareTables = (url: string): Promise<void> =>
  withConnection(url, async (client) => {
    for (const table of ["decision_runs", "entries", "body_weights", "audit_events"]) {
      await client.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`);
      await client.query(`GRANT INSERT ON bare_${table} TO doseline_app`);
    }
  });

export const saveFigures = (): Promise<readonly Figure[]> =>
  onBenchDatabase(async ({ superuserUrl }) => {
    await makeBareTables(superuserUrl);
    return measureSaves();
  });
