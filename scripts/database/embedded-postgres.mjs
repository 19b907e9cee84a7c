// @ts-check
// The database that comes with Doseline: a PostgreSQL server on the data directory, for this process's life.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PlainFault } from "../setup/plain-fault.mjs";
import { writePrivateFile } from "../setup/private-file.mjs";
import { builtInBinaries } from "./binaries.mjs";
import { clusterHome } from "./cluster-home.mjs";
import { openCluster } from "./cluster.mjs";
import { databaseAccount } from "./database-account.mjs";
import { localUrls, provisionDatabase, provisionRoles } from "./provision.mjs";
import { readOrMakeSecrets, SECRETS_FILE } from "./secrets.mjs";

/** Says which roles there are, so that a later version, which has more, makes them. */
const PROVISIONED = "The logins and the database have been made: owner, application, auditor.\n";

/**
 * Starts the database of a data directory that this process has claimed, with its logins.
 * @param {string} dataDirectory there already @param {(line: string) => void} say
 */
export const startEmbeddedDatabase = async (dataDirectory, say) => {
  const account = databaseAccount(say);
  const home = clusterHome(dataDirectory, account, say);
  if (existsSync(join(home, "postgres")) && !existsSync(join(dataDirectory, SECRETS_FILE))) {
    throw new PlainFault(
      `${join(dataDirectory, SECRETS_FILE)} is missing, and the database in ${home} opens only with the passwords in it. Put it back, or set DATA_DIR to an empty directory.`,
    );
  }
  const secrets = readOrMakeSecrets(dataDirectory);
  const binaries = builtInBinaries(account, home);
  const { superuserPassword } = secrets;
  const cluster = await openCluster({ home, binaries, account, superuserPassword, settings: [], say });

  const provisioned = join(home, "postgres-provisioned");
  if (!existsSync(provisioned) || readFileSync(provisioned, "utf8") !== PROVISIONED) {
    await provisionRoles(cluster.port, secrets);
    await provisionDatabase(cluster.port, secrets);
    writePrivateFile(provisioned, PROVISIONED);
  }
  return { ...localUrls(cluster.port, secrets), stop: cluster.stop };
};
