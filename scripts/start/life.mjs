// @ts-check
// The life of a server process: it begins, it is asked to stop in one of many ways, it puts away what it opened.
import { PlainFault } from "../setup/plain-fault.mjs";

const PARENT_CHECK_MS = 500;
const PATIENCE_MS = 90_000;

/**
 * @typedef {object} Life
 * @property {AbortSignal} signal aborted once the process is to stop
 * @property {(putAway: () => Promise<void>) => void} onStop what was opened last is put away first
 */

/** @param {unknown} error */
const tell = (error) => console.error(error instanceof PlainFault ? error.message : error);

/**
 * When npm dies without a word, the shell between it and this process passes nothing on.
 * @param {() => void} onGone
 */
const watchParent = (onGone) => {
  const parent = process.ppid;
  if (process.env["npm_lifecycle_event"] === undefined || process.platform === "win32") return;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_CHECK_MS).unref();
};

/**
 * Begins, and lives until asked to stop: Ctrl-C, SIGTERM, a closed terminal, a parent that is gone, a bug. A stop is
 * asked for once; while the beginning is still going on, it takes effect at its next step.
 * @param {(life: Life) => Promise<void>} begin
 */
export const live = async (begin) => {
  const stopping = new AbortController();
  const { signal } = stopping;
  /** @type {(() => Promise<void>)[]} */
  const toPutAway = [];
  let exitCode = 0;

  /** @param {string} line */
  const stop = (line) => {
    if (signal.aborted) return;
    console.log(line);
    stopping.abort();
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
  };
  // A terminal that is gone takes no more lines; that is no reason to leave the database running.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  for (const name of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"])) {
    process.on(name, () => stop("\nStopping"));
  }
  watchParent(() => stop("Stopping: the process that started this one is gone"));
  process.on("unhandledRejection", tell);
  process.on("uncaughtException", (error) => {
    tell(error);
    exitCode = 1;
    stop("Stopping after an error");
  });

  try {
    await begin({ signal, onStop: (putAway) => toPutAway.unshift(putAway) });
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  } catch (error) {
    if (!signal.aborted) {
      tell(error);
      exitCode = error instanceof PlainFault ? error.exitCode : 1;
      stopping.abort();
    }
  }
  for (const putAway of toPutAway) await putAway().catch(tell);
  if (exitCode === 0) console.log("Stopped");
  process.exit(exitCode);
};
