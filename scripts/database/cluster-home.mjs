// @ts-check
// Where the cluster is kept: in the data directory, unless the database's account cannot reach that.
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, realpathSync, statfsSync } from "node:fs";
import { join } from "node:path";
import { readJsonFile, writePrivateFile } from "../setup/private-file.mjs";
import { canReach } from "./database-account.mjs";

const ELSEWHERE = "/var/lib/doseline";

/** File systems of other machines, as Linux numbers them: NFS, SMB, CIFS, AFS. */
const NETWORK_FILE_SYSTEMS = new Set([0x69_69, 0x51_7b, 0xff_53_4d_42, 0x53_46_41_4f]);
const SYNCHRONISED = /OneDrive|Dropbox|Google ?Drive|iCloud|Mobile Documents|Nextcloud/i;

/** @param {string} directory @param {(line: string) => void} say */
const warnOfUnsafePlace = (directory, say) => {
  const isRemote = process.platform === "linux" && NETWORK_FILE_SYSTEMS.has(statfsSync(directory).type);
  if (!isRemote && !SYNCHRONISED.test(directory)) return;
  say(
    `Warning: ${directory} is on a network or synchronised drive, where a database can be damaged. Set DATA_DIR to a local disk`,
  );
};

/**
 * @param {string} dataDirectory there already @param {import("./database-account.mjs").Account | null} account
 * @param {(line: string) => void} say @returns {string} absolute, without symbolic links
 */
export const clusterHome = (dataDirectory, account, say) => {
  const directory = realpathSync(dataDirectory);
  const note = join(directory, "cluster-elsewhere.json");
  /** @type {{ home: string } | null} */
  const noted = readJsonFile(note);
  if (noted !== null && existsSync(noted.home)) return noted.home;
  if (account === null || existsSync(join(directory, "postgres")) || canReach(account, directory)) {
    warnOfUnsafePlace(directory, say);
    return directory;
  }
  const home = join(ELSEWHERE, randomBytes(6).toString("hex"));
  mkdirSync(home, { recursive: true });
  for (const path of [ELSEWHERE, home]) chmodSync(path, 0o711);
  writePrivateFile(note, `${JSON.stringify({ home }, null, 2)}\n`);
  say(`The database's account cannot reach ${directory}: its files are in ${home}`);
  return home;
};
