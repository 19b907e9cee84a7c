// @ts-check
import pg from "pg";
import { PlainFault } from "../setup/plain-fault.mjs";

/** @param {unknown} error */
const codeOf = (error) => /** @type {{ code?: string }} */ (error).code ?? "";

/** What keeps a connection from being made, in words; null for what is not about connecting. @param {string} code */
const connectionTrouble = (code) => {
  if (code === "28P01" || code === "28000") return "does not accept the login or its password";
  if (code === "3D000") return "has no database of that name";
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ETIMEDOUT") return "does not answer";
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "is not a known host";
  if (code === "42501") return "does not let the login in";
  return null;
};

/** The address with its sessions in UTC, after any options of its own, so that this one holds. @param {string} url */
export const inUtc = (url) => {
  const address = new URL(url);
  const own = address.searchParams.get("options") ?? "";
  address.searchParams.set("options", `${own} -c TimeZone=UTC`.trim());
  return address.href;
};

/**
 * Does some work on one connection, whose session is in UTC.
 * @template T @param {string} url @param {(client: pg.Client) => Promise<T>} work
 */
export const withConnection = async (url, work) => {
  const client = new pg.Client({ connectionString: inUtc(url), connectionTimeoutMillis: 15_000 });
  // A connection that breaks while nothing is asked of it: the next query says so.
  client.on("error", () => undefined);
  try {
    await client.connect();
  } catch (error) {
    const { host } = new URL(url);
    const trouble = connectionTrouble(codeOf(error)) ?? (error instanceof Error ? error.message : String(error));
    throw new PlainFault(`The database at ${host} ${trouble}.`);
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** Insufficient privilege. @param {unknown} error */
export const isForbidden = (error) => codeOf(error) === "42501";

/** The login that an address names. @param {string} url */
export const loginOf = (url) => decodeURIComponent(new URL(url).username);
