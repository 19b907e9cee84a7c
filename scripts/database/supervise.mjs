// @ts-check
import { setTimeout as wait } from "node:timers/promises";
import { runningPostmaster, stopPostmaster } from "./postmaster-file.mjs";
import { directoryOf, startServer } from "./server-process.mjs";

/** @typedef {import("./server-process.mjs").ClusterPlan} ClusterPlan */
/** @typedef {{ readonly exit: Promise<{ reason: string }> }} RunningServer */

const FIRST_WAIT_MS = 200;
const LONGEST_WAIT_MS = 30_000;
/** A server that ran this long and then ended did not end because of how it was started. */
const STEADY_AFTER_MS = 60_000;

/**
 * Starts a server again whenever it ends by itself: on the same port, for its users keep its address, and waiting
 * longer each time.
 * @param {ClusterPlan} plan @param {RunningServer} first @param {number} port
 */
export const supervise = (plan, first, port) => {
  const stopping = new AbortController();

  /** @param {number} waitMs how long to wait before the first try @returns {Promise<RunningServer | null>} */
  const startAgain = async (waitMs) => {
    await wait(waitMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    if (stopping.signal.aborted) return null;
    const server = await startServer(plan, port);
    if (server.isUp) return server;
    const next = Math.min(waitMs * 2, LONGEST_WAIT_MS);
    plan.say(`The database does not start: ${server.reason}. Trying again in ${Math.ceil(next / 1000)} s`);
    return startAgain(next);
  };

  const watch = async () => {
    let waitMs = FIRST_WAIT_MS;
    /** @type {RunningServer | null} */
    let server = first;
    while (server !== null) {
      const since = performance.now();
      const { reason } = await server.exit;
      if (stopping.signal.aborted) return;
      waitMs = performance.now() - since > STEADY_AFTER_MS ? FIRST_WAIT_MS : Math.min(waitMs * 2, LONGEST_WAIT_MS);
      plan.say(`The database ended: ${reason}. Starting it again`);
      server = await startAgain(waitMs);
      if (server !== null) plan.say("The database is back");
    }
  };
  const watching = watch();

  const stopRunning = async () => {
    const running = runningPostmaster(directoryOf(plan));
    if (running !== null) await stopPostmaster(running.pid, directoryOf(plan), plan.binaries.pgCtl);
  };

  /** Stops the server, also one that is just being started again. */
  const stop = async () => {
    stopping.abort();
    await stopRunning();
    const settled = await Promise.race([watching.then(() => true), wait(1000, false, { ref: false })]);
    if (!settled) await stopRunning();
    await watching;
  };
  return { stop };
};
