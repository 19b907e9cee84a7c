// @ts-check
// The browser tests, against a production build on a server, a database and a demonstration of their own.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../database/cluster.mjs";
import { CHECKOUT, readEnvironment } from "../setup/environment.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { makeDataDirectory, readJsonFile } from "../setup/private-file.mjs";
import { countPlaywright } from "./counts.mjs";
import { findChromium } from "./find-chromium.mjs";
import { runTool } from "./run-tool.mjs";

const LONGEST_START_MS = 20 * 60_000;

/** Variables of a developer's own server, which the tests' server must not follow. */
const OWN = {
  DATABASE_URL: "",
  DATABASE_OWNER_URL: "",
  NEXTAUTH_URL: "",
  NEXTAUTH_SECRET: "",
  CHECKPOINT_KEY_FILE: "",
  CHECKPOINT_FILE: "",
};

/**
 * Starts "npm start" and waits until it says that it is ready.
 * @param {number} port @param {string} dataDirectory
 */
const startServer = async (port, dataDirectory) => {
  const server = spawn(process.execPath, [join(CHECKOUT, "scripts", "start.mjs")], {
    cwd: CHECKOUT,
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...OWN, PORT: String(port), DATA_DIR: dataDirectory },
  });
  /** @type {Promise<void>} */
  const exited = new Promise((resolve) => server.once("exit", () => resolve()));
  const stop = async () => {
    server.kill("SIGTERM");
    await exited;
  };
  /** @type {Promise<boolean>} */
  const ready = new Promise((resolve) => {
    const giveUp = setTimeout(() => resolve(false), LONGEST_START_MS);
    void exited.then(() => resolve(false));
    let said = "";
    server.stdout.setEncoding("utf8").on("data", (/** @type {string} */ part) => {
      said += part;
      if (!/^Ready /m.test(said)) return;
      clearTimeout(giveUp);
      resolve(true);
    });
  });
  if (await ready) return stop;
  await stop();
  throw new PlainFault("The server for the browser tests did not start; the reason is above.");
};

/** @param {string} dataDirectory */
const removeData = (dataDirectory) => {
  const elsewhere = readJsonFile(join(dataDirectory, "cluster-elsewhere.json"))?.home;
  for (const directory of [elsewhere, dataDirectory]) {
    if (typeof directory === "string") rmSync(directory, { recursive: true, force: true });
  }
};

/**
 * @param {readonly string[]} args for Playwright @param {(line: string) => void} say
 * @returns {Promise<import("./counts.mjs").Counts>}
 */
export const runBrowserTests = async (args, say) => {
  const chromium = await findChromium(readEnvironment().chromiumPath, say);
  const dataDirectory = mkdtempSync(join(tmpdir(), "doseline-e2e-"));
  makeDataDirectory(dataDirectory);
  const port = await freePort();
  say("Starting a server for the browser tests, with a database and a demonstration of its own");
  const stop = await startServer(port, dataDirectory);
  const report = join(dataDirectory, "playwright.json");
  try {
    const exitCode = await runTool("@playwright/test/cli.js", ["test", "--reporter=list,json", ...args], {
      env: {
        E2E_ADDRESS: `http://127.0.0.1:${port}`,
        E2E_CHROMIUM: chromium,
        E2E_DATA_DIR: dataDirectory,
        PLAYWRIGHT_JSON_OUTPUT_NAME: report,
      },
    });
    return countPlaywright(report, exitCode);
  } finally {
    await stop();
    removeData(dataDirectory);
    // Where a server keeps its checkpoints, unless said otherwise: beside its data.
    rmSync(`${dataDirectory}-checkpoints`, { recursive: true, force: true });
  }
};
