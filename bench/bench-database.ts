import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { builtInBinaries } from "../scripts/database/binaries.mjs";
import { clusterHome } from "../scripts/database/cluster-home.mjs";
import { openCluster } from "../scripts/database/cluster.mjs";
import { loginOf } from "../scripts/database/connection.mjs";
import { databaseAccount } from "../scripts/database/database-account.mjs";
import { migrateDatabase } from "../scripts/database/migrate-database.mjs";
import { localUrls, provisionDatabase, provisionRoles, superuserUrl } from "../scripts/database/provision.mjs";
import { makeSecrets } from "../scripts/database/secrets.mjs";
import { makeDataDirectory } from "../scripts/setup/private-file.mjs";

export type BenchDatabase = {
  readonly superuserUrl: string;
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  /** Gone with the database. */
  readonly directory: string;
};

const NAME = "bench";
const say = (line: string): void => console.error(line);

/**
 * Does some work on a PostgreSQL of its own, gone afterwards. Without other settings everything is written to the disk as
 * for real.
 */
export const onBenchDatabase = async <Value>(
  work: (bench: BenchDatabase) => Promise<Value>,
  settings: readonly string[] = [],
): Promise<Value> => {
  const directory = mkdtempSync(join(tmpdir(), "doseline-bench-"));
  makeDataDirectory(directory);
  // What is imported is signed, and its checkpoint kept, as in a server.
  process.env["CHECKPOINT_KEY_FILE"] = join(directory, "checkpoints", "key.pem");
  process.env["CHECKPOINT_FILE"] = join(directory, "checkpoints", "checkpoints.jsonl");
  const account = databaseAccount(say);
  const home = clusterHome(directory, account, say);
  const secrets = makeSecrets();
  const binaries = builtInBinaries(account, home);
  const { superuserPassword } = secrets;
  const cluster = await openCluster({ home, binaries, account, superuserPassword, settings, say });
  try {
    await provisionRoles(cluster.port, secrets);
    await provisionDatabase(cluster.port, secrets, NAME);
    const { databaseUrl, databaseOwnerUrl } = localUrls(cluster.port, secrets, NAME);
    await migrateDatabase({ ownerUrl: databaseOwnerUrl, login: loginOf(databaseUrl) });
    useDatabase(openDatabase(databaseUrl));
    try {
      return await work({
        superuserUrl: superuserUrl(cluster.port, secrets, NAME),
        databaseUrl,
        databaseOwnerUrl,
        directory,
      });
    } finally {
      await database().close();
    }
  } finally {
    await cluster.stop();
    for (const path of [home, directory]) rmSync(path, { recursive: true, force: true });
  }
};
