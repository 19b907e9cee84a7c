import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { builtInBinaries } from "../scripts/database/binaries.mjs";
import { clusterHome } from "../scripts/database/cluster-home.mjs";
import { openCluster } from "../scripts/database/cluster.mjs";
import { loginOf, withConnection } from "../scripts/database/connection.mjs";
import { databaseAccount } from "../scripts/database/database-account.mjs";
import { migrateDatabase } from "../scripts/database/migrate-database.mjs";
import { localUrls, provisionDatabase, provisionRoles } from "../scripts/database/provision.mjs";
import { makeSecrets } from "../scripts/database/secrets.mjs";
import { makeDataDirectory } from "../scripts/setup/private-file.mjs";
import type { Figure } from "./figure";
import { measureSaves } from "./save-figures";

const say = (line: string): void => console.error(line);

/** Tables with the columns, checks and indexes of those that a save writes, and nothing of their triggers and references. */
const makeBareTables = (ownerUrl: string): Promise<void> =>
  withConnection(ownerUrl, async (client) => {
    for (const table of ["decision_runs", "entries", "body_weights", "audit_events"]) {
      await client.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`);
      await client.query(`GRANT INSERT ON bare_${table} TO doseline_app`);
    }
  });

/** A PostgreSQL of its own with everything written to the disk as for real, gone afterwards. */
export const saveFigures = async (): Promise<readonly Figure[]> => {
  const directory = mkdtempSync(join(tmpdir(), "doseline-bench-"));
  makeDataDirectory(directory);
  const account = databaseAccount(say);
  const home = clusterHome(directory, account, say);
  const secrets = makeSecrets();
  const binaries = builtInBinaries(account, home);
  const { superuserPassword } = secrets;
  const cluster = await openCluster({ home, binaries, account, superuserPassword, settings: [], say });
  try {
    await provisionRoles(cluster.port, secrets);
    await provisionDatabase(cluster.port, secrets);
    const { databaseUrl, databaseOwnerUrl } = localUrls(cluster.port, secrets);
    await migrateDatabase({ ownerUrl: databaseOwnerUrl, login: loginOf(databaseUrl) });
    await makeBareTables(databaseOwnerUrl);
    useDatabase(openDatabase(databaseUrl));
    try {
      return await measureSaves();
    } finally {
      await database().close();
    }
  } finally {
    await cluster.stop();
    for (const path of [home, directory]) rmSync(path, { recursive: true, force: true });
  }
};
