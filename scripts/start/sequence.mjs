// @ts-check
// What "npm start" does, in order. Until the packages are there, only what Node brings along is imported.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ensureDatabaseClient } from "../setup/database-client.mjs";
import { CHECKOUT, readEnvironment, WRONG_INPUT } from "../setup/environment.mjs";
import { ensurePackages } from "../setup/packages.mjs";
import { PlainFault } from "../setup/plain-fault.mjs";
import { ensureWebBuild } from "../setup/web-build.mjs";
import { live } from "./life.mjs";
import { checkPort, HOST, prepareWebServer } from "./web-server.mjs";

/** @typedef {import("./life.mjs").Life} Life */

const begunAt = performance.now();

/** @param {string} line */
const say = (line) => console.log(line);

/** @param {readonly string[]} args */
const readArguments = (args) => {
  const unknown = args.find((arg) => arg !== "--dev");
  if (unknown === undefined) return { isDevelopment: args.includes("--dev") };
  throw new PlainFault(`${unknown} is not known. Variables set the port and the rest: see .env.example.`, WRONG_INPUT);
};

/** @param {AbortSignal} signal */
const beStoppable = (signal) => signal.throwIfAborted();

/** @param {Life} life @param {readonly string[]} args */
const begin = async ({ signal, onStop }, args) => {
  const { isDevelopment } = readArguments(args);
  const environment = readEnvironment();
  const { port } = environment;
  /** @type {{ version: string }} */
  const { version } = JSON.parse(readFileSync(join(CHECKOUT, "package.json"), "utf8"));
  say(`Doseline ${version}`);
  await checkPort(port);

  await ensurePackages(say, signal);
  await ensureDatabaseClient(say, signal);
  beStoppable(signal);

  const { openDatabase } = await import("./open-database.mjs");
  const database = await openDatabase(environment, { say, onStop });
  beStoppable(signal);
  await database.ensureDemonstration(signal);

  if (!isDevelopment) await ensureWebBuild(say, signal);
  beStoppable(signal);
  Object.assign(process.env, {
    NODE_ENV: isDevelopment ? "development" : "production",
    NEXT_TELEMETRY_DISABLED: "1",
    BUILD_STANDALONE: "0",
    DATABASE_URL: database.databaseUrl,
    NEXTAUTH_SECRET: database.nextAuthSecret,
    NEXTAUTH_URL: environment.address,
  });
  const web = await prepareWebServer(port, isDevelopment);
  beStoppable(signal);
  onStop(web.close);
  await web.listen();
  say(`Ready after ${((performance.now() - begunAt) / 1000).toFixed(1)} s: http://${HOST}:${port}`);
  await database.saySignIns();
};

/** @param {readonly string[]} args */
export const start = (args) => live((life) => begin(life, args));
