// A PostgreSQL of its own for one run of the integration tests, with the migrations applied once.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { builtInBinaries } from "../../scripts/database/binaries.mjs";
import { clusterHome } from "../../scripts/database/cluster-home.mjs";
import { openCluster } from "../../scripts/database/cluster.mjs";
import { loginOf } from "../../scripts/database/connection.mjs";
import { databaseAccount } from "../../scripts/database/database-account.mjs";
import { migrateDatabase } from "../../scripts/database/migrate-database.mjs";
import { localUrls, provisionDatabase, provisionRoles } from "../../scripts/database/provision.mjs";
import { makeSecrets } from "../../scripts/database/secrets.mjs";
import type { Secrets } from "../../scripts/database/secrets.mjs";
import { installedBinaries } from "../../scripts/testing/find-postgres.mjs";
import { makeDataDirectory } from "../../scripts/setup/private-file.mjs";

declare module "vitest" {
  // The name under which vitest hands a value from here to the tests.
  interface ProvidedContext {
    readonly testCluster: { readonly port: number; readonly secrets: Secrets };
  }
}

/** The migrated database that each test's own is copied from. */
export const TEMPLATE_DATABASE = "doseline_template";

/** Nothing here outlives the run, so nothing waits for the disk. */
const SETTINGS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=300"];

const say = (line: string): void => console.error(line);

/** Of the version in TEST_POSTGRES, where it is installed; else the built-in one. */
const chooseBinaries = (account: Parameters<typeof builtInBinaries>[0], home: string) => {
  const wanted = process.env["TEST_POSTGRES"];
  if (wanted === undefined) return builtInBinaries(account, home);
  const installed = installedBinaries(Number(wanted));
  if (installed === null) throw new Error(`PostgreSQL ${wanted} is not installed.`);
  return installed;
};

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const directory = mkdtempSync(join(tmpdir(), "doseline-test-"));
  // What is exported in a test is signed, and its checkpoint kept.
  process.env["CHECKPOINT_KEY_FILE"] = join(directory, "checkpoints", "key.pem");
  process.env["CHECKPOINT_FILE"] = join(directory, "checkpoints", "checkpoints.jsonl");
  makeDataDirectory(directory);
  const account = databaseAccount(say);
  const home = clusterHome(directory, account, say);
  const secrets = makeSecrets();
  const binaries = chooseBinaries(account, home);
  const cluster = await openCluster({
    home,
    binaries,
    account,
    superuserPassword: secrets.superuserPassword,
    settings: SETTINGS,
    say,
  });
  const stop = async (): Promise<void> => {
    await cluster.stop();
    for (const path of [home, directory]) rmSync(path, { recursive: true, force: true });
  };
  try {
    await provisionRoles(cluster.port, secrets);
    await provisionDatabase(cluster.port, secrets, TEMPLATE_DATABASE);
    const template = localUrls(cluster.port, secrets, TEMPLATE_DATABASE);
    await migrateDatabase({ ownerUrl: template.databaseOwnerUrl, login: loginOf(template.databaseUrl) });
  } catch (error) {
    await stop();
    throw error;
  }
  project.provide("testCluster", { port: cluster.port, secrets });
  return stop;
};
