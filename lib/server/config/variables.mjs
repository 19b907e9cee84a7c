// @ts-check
// Every variable of the environment that the product reads, and what makes one valid. Plain JavaScript on nothing:
// the start script reads it before anything is installed, and the server reads the same table.
import { isAbsolute, resolve, sep } from "node:path";

/** @typedef {{ readonly name: string, readonly message: string }} VariableFault */
/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/** The shortest secret that is taken, in characters: 32 bytes written as base64 have 43, as hex 64. */
const SHORTEST_SECRET = 32;

/** @param {string} text */
const portFault = (text) => {
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535) return null;
  return "must be a whole number from 1 to 65535, for example 3000";
};

/** @param {string} text */
const parseUrl = (text) => (URL.canParse(text) ? new URL(text) : null);

/** @param {string} text */
const databaseUrlFault = (text) => {
  const url = parseUrl(text);
  const form = "must look like postgresql://LOGIN:PASSWORD@HOST:5432/DATABASE";
  if (url === null || (url.protocol !== "postgresql:" && url.protocol !== "postgres:")) return form;
  if (url.username === "") return `${form}: the login is missing`;
  return url.pathname.length > 1 ? null : `${form}: the name of the database is missing`;
};

/** @param {string} text */
const addressFault = (text) => {
  const url = parseUrl(text);
  const isWebAddress = url !== null && (url.protocol === "http:" || url.protocol === "https:");
  if (isWebAddress && url.search === "" && url.hash === "") return null;
  return "must be the address people open, for example https://doseline.example.org";
};

/** @param {string} text */
const secretFault = (text) =>
  text.length >= SHORTEST_SECRET ? null : `must have at least ${SHORTEST_SECRET} characters: openssl rand -base64 33`;

/** @param {string} text */
const switchFault = (text) => (text === "0" || text === "1" ? null : "must be 1 (yes) or 0 (no)");

/** Any text names a file or directory. */
const pathFault = () => null;

/**
 * @typedef {keyof typeof VARIABLES} VariableName
 * The table, in the order of `.env.example`. Each check answers null, or what is wrong in words that follow the name.
 */
export const VARIABLES = /** @type {const} */ ({
  PORT: portFault,
  DATA_DIR: pathFault,
  DATABASE_URL: databaseUrlFault,
  DATABASE_OWNER_URL: databaseUrlFault,
  NEXTAUTH_URL: addressFault,
  NEXTAUTH_SECRET: secretFault,
  CHECKPOINT_KEY_FILE: pathFault,
  CHECKPOINT_FILE: pathFault,
  BUILD_STANDALONE: switchFault,
  PLAYWRIGHT_CHROMIUM_PATH: pathFault,
});

/**
 * The value of a variable; one that is set to nothing counts as not set.
 * @param {Environment} env @param {VariableName} name
 */
const valueOf = (env, name) => {
  const text = env[name]?.trim();
  return text === undefined || text === "" ? undefined : text;
};

/** @param {string} url */
const loginOf = (url) => decodeURIComponent(new URL(url).username);

/**
 * What the two addresses of a database of one's own must be together.
 * @param {Environment} env @returns {VariableFault[]}
 */
const pairFaults = (env) => {
  const application = valueOf(env, "DATABASE_URL");
  const owner = valueOf(env, "DATABASE_OWNER_URL");
  if (owner === undefined) return [];
  if (application === undefined) {
    return [{ name: "DATABASE_URL", message: "is missing, while DATABASE_OWNER_URL is set: set both or neither" }];
  }
  if (databaseUrlFault(application) !== null || databaseUrlFault(owner) !== null) return [];
  if (loginOf(application) !== loginOf(owner)) return [];
  const message = "has the same login as DATABASE_OWNER_URL: the application must not own the tables it may not change";
  return [{ name: "DATABASE_URL", message }];
};

/** @param {string} path @param {string} checkout */
const placeOf = (path, checkout) => (isAbsolute(path) ? path : resolve(checkout, path));

/** @param {Environment} env @param {string} checkout */
const dataDirectoryOf = (env, checkout) => placeOf(valueOf(env, "DATA_DIR") ?? ".data", checkout);

/**
 * What proves the data is not kept with it: whoever can change the one would change the other.
 * @param {Environment} env @returns {VariableFault[]}
 */
const checkpointFaults = (env) => {
  const directory = resolve(dataDirectoryOf(env, "."));
  const names = /** @type {const} */ (["CHECKPOINT_KEY_FILE", "CHECKPOINT_FILE"]);
  return names.flatMap((name) => {
    const file = valueOf(env, name);
    if (file === undefined || !`${resolve(file)}${sep}`.startsWith(`${directory}${sep}`)) return [];
    return [{ name, message: "must be outside DATA_DIR: what proves the data is not kept with it" }];
  });
};

/**
 * Everything that is wrong with the environment; empty when the product may start.
 * @param {Environment} env @returns {readonly VariableFault[]}
 */
export const environmentFaults = (env) => {
  const names = /** @type {VariableName[]} */ (Object.keys(VARIABLES));
  const single = names.flatMap((name) => {
    const text = valueOf(env, name);
    const message = text === undefined ? null : VARIABLES[name](text);
    return message === null ? [] : [{ name, message }];
  });
  return [...single, ...pairFaults(env), ...checkpointFaults(env)];
};

/**
 * What was set, with the defaults for what was not. Only for an environment without faults.
 * @param {Environment} env @param {string} checkout the directory that relative paths start from
 */
export const readVariables = (env, checkout) => {
  const port = Number(valueOf(env, "PORT") ?? "3000");
  const dataDirectory = dataDirectoryOf(env, checkout);
  const besideData = `${dataDirectory.replace(/[\\/]+$/, "")}-checkpoints`;
  return {
    port,
    dataDirectory,
    databaseUrl: valueOf(env, "DATABASE_URL"),
    databaseOwnerUrl: valueOf(env, "DATABASE_OWNER_URL"),
    address: (valueOf(env, "NEXTAUTH_URL") ?? `http://127.0.0.1:${port}`).replace(/\/+$/, ""),
    nextAuthSecret: valueOf(env, "NEXTAUTH_SECRET"),
    checkpointKeyFile: placeOf(valueOf(env, "CHECKPOINT_KEY_FILE") ?? `${besideData}/key.pem`, checkout),
    checkpointFile: placeOf(valueOf(env, "CHECKPOINT_FILE") ?? `${besideData}/checkpoints.jsonl`, checkout),
    buildStandalone: valueOf(env, "BUILD_STANDALONE") === "1",
    chromiumPath: valueOf(env, "PLAYWRIGHT_CHROMIUM_PATH"),
  };
};
