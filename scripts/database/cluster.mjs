// @ts-check
// One PostgreSQL server on a data directory of ours: made, started, watched over, stopped.
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { PlainFault } from "../setup/plain-fault.mjs";
import { makeOwnDirectory } from "./database-account.mjs";
import { runningPostmaster, stopPostmaster } from "./postmaster-file.mjs";
import { pause } from "./processes.mjs";
import { directoryOf, logFileOf, runAsAccount, startServer, turnLog } from "./server-process.mjs";
import { supervise } from "./supervise.mjs";

/** @typedef {import("./server-process.mjs").ClusterPlan} ClusterPlan */

const PATIENCE_AT_START_MS = 30_000;
/** Where people look for a server of their own. */
const USUAL_PORT = 5432;

/** @param {ClusterPlan} plan */
const initdbFlags = (plan) => [
  "--encoding=UTF8",
  "--locale=C",
  // The same order of text on every machine; PostgreSQL 17 and later know it.
  ...(plan.binaries.major >= 17 ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] : []),
  "--auth=scram-sha-256",
  "--username=postgres",
];

/** A cluster is made under another name first: one half made is never taken for whole. @param {ClusterPlan} plan */
const initialise = async (plan) => {
  const unfinished = `${directoryOf(plan)}.unfinished`;
  const passwordFile = `${directoryOf(plan)}.password`;
  rmSync(unfinished, { recursive: true, force: true });
  makeOwnDirectory(unfinished, plan.account);
  try {
    writeFileSync(passwordFile, `${plan.superuserPassword}\n`, { mode: 0o600 });
    if (plan.account !== null) chownSync(passwordFile, plan.account.uid, plan.account.gid);
    const args = [`--pgdata=${unfinished}`, `--pwfile=${passwordFile}`, ...initdbFlags(plan)];
    const { code, reason } = await runAsAccount(plan, plan.binaries.initdb, args).exit;
    if (code !== 0) throw new PlainFault(`PostgreSQL could not make its files in ${plan.home}: ${reason}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, directoryOf(plan));
};

/** @param {ClusterPlan} plan */
const checkMajor = (plan) => {
  const major = Number(readFileSync(join(directoryOf(plan), "PG_VERSION"), "utf8"));
  if (major === plan.binaries.major) return;
  throw new PlainFault(
    `The data in ${directoryOf(plan)} belong to PostgreSQL ${major}, and this is PostgreSQL ${plan.binaries.major}. Start with the version that wrote them, or set DATA_DIR to an empty directory.`,
  );
};

/** A port that nothing listens on. @returns {Promise<number>} */
export const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      const port = address !== null && typeof address === "object" ? address.port : USUAL_PORT;
      probe.close(() => resolve(port === USUAL_PORT ? freePort() : port));
    });
  });

/**
 * Tries for a while: after a crash the old server's processes may take a moment to go, and a port may have been taken
 * since it was found free.
 * @param {ClusterPlan} plan
 */
const startPatiently = async (plan) => {
  const until = performance.now() + PATIENCE_AT_START_MS;
  for (;;) {
    const port = await freePort();
    const server = await startServer(plan, port);
    if (server.isUp) return { server, port };
    const mayPass = /in use|already exists|could not create any TCP/i.test(server.reason);
    if (!mayPass || performance.now() > until) {
      throw new PlainFault(`PostgreSQL does not start: ${server.reason} (${logFileOf(plan)})`);
    }
    await pause(250);
  }
};

/**
 * Opens the cluster: makes it when there is none, stops a server that a killed process left behind, starts one on a
 * free port and keeps it running until it is stopped.
 * @param {ClusterPlan} plan
 */
export const openCluster = async (plan) => {
  turnLog(plan);
  if (!existsSync(directoryOf(plan))) await initialise(plan);
  checkMajor(plan);
  const left = runningPostmaster(directoryOf(plan));
  if (left !== null) await stopPostmaster(left.pid, directoryOf(plan), plan.binaries.pgCtl);
  const { server, port } = await startPatiently(plan);
  return { port, stop: supervise(plan, server, port).stop };
};
