// The embedded database as a whole: what it is, and that it comes back from every way of being ended.
import { execFileSync, spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { CHECKOUT } from "../setup/environment.mjs";
import { withConnection } from "./connection.mjs";
import { readPostmasterFile } from "./postmaster-file.mjs";
import { isAlive, isPostgresOn, pause, waitUntilGone } from "./processes.mjs";

const HOST = join(CHECKOUT, "scripts", "database", "testing", "run-database.mjs");

/** A stopped database, made once: making one takes longer than all that is tested with it. */
let made = "";
let directory = "";
let hosts: ChildProcess[] = [];
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "doseline-embedded-"));
  await stop(await start());
  made = directory;
});
afterAll(() => rmSync(made, { recursive: true, force: true }));
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doseline-embedded-"));
  execFileSync("cp", ["-a", `${made}/.`, directory]);
});
afterEach(async () => {
  for (const host of hosts) host.kill("SIGKILL");
  hosts = [];
  const left = readPostmasterFile(join(directory, "postgres"));
  if (left !== null && isPostgresOn(left.pid, join(directory, "postgres"))) {
    process.kill(left.pid, "SIGQUIT");
    await waitUntilGone(left.pid, 60_000);
  }
  rmSync(directory, { recursive: true, force: true });
});

type Running = {
  readonly host: ChildProcess;
  readonly databaseUrl: string;
  readonly databaseOwnerUrl: string;
  readonly said: () => string;
};

const launch = (env: Readonly<Record<string, string>> = {}) => {
  const host = spawn(process.execPath, [HOST, directory], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...env },
  });
  hosts.push(host);
  let said = "";
  for (const stream of [host.stdout, host.stderr])
    stream.setEncoding("utf8").on("data", (part: string) => (said += part));
  return { host, said: () => said };
};

const start = async (env?: Readonly<Record<string, string>>): Promise<Running> => {
  const { host, said } = launch(env);
  for (;;) {
    const line = /^\{.*\}$/m.exec(said())?.[0];
    if (line !== undefined) {
      const { databaseUrl, databaseOwnerUrl } = JSON.parse(line) as Running;
      return { host, databaseUrl, databaseOwnerUrl, said };
    }
    if (host.exitCode !== null) throw new Error(`The database did not start: ${said()}`);
    await pause(20);
  }
};

const stop = async ({ host }: Running): Promise<void> => {
  host.kill("SIGTERM");
  if (host.exitCode === null) await once(host, "exit");
};

const ask = (url: string, sql: string): Promise<readonly Record<string, unknown>[]> =>
  withConnection(url, async (client) => (await client.query<Record<string, unknown>>(sql)).rows);

const postmaster = (): number => {
  const file = readPostmasterFile(join(directory, "postgres"));
  if (file === null) throw new Error("No server runs.");
  return file.pid;
};

const noteSomething = (running: Running) =>
  ask(running.databaseOwnerUrl, "CREATE TABLE IF NOT EXISTS noted (at timestamptz); INSERT INTO noted VALUES (now())");

const countNoted = async (running: Running): Promise<unknown> =>
  (await ask(running.databaseOwnerUrl, "SELECT count(*)::int AS n FROM noted"))[0]?.["n"];

test("it is UTF8, in UTC whatever the machine's zone, sorts the same everywhere, and is safe on the disk", async () => {
  const running = await start({ TZ: "America/New_York", LANG: "de_DE.UTF-8", PGTZ: "Asia/Kolkata", PGPORT: "1" });
  const [found] = await ask(
    running.databaseUrl,
    `SELECT current_setting('server_encoding') AS encoding, current_setting('log_timezone') AS log,
            (SELECT setting FROM pg_settings WHERE name = 'TimeZone') AS zone,
            (SELECT datlocprovider::text || ' ' || coalesce(datlocale, datcollate) FROM pg_database WHERE datname = current_database()) AS locale,
            current_setting('fsync') || current_setting('full_page_writes') || current_setting('synchronous_commit') AS safe,
            current_setting('data_checksums') AS checksums, current_setting('listen_addresses') AS addresses`,
  );
  expect(found).toMatchObject({ encoding: "UTF8", log: "UTC", zone: "UTC", locale: "b C.UTF-8" });
  expect(found).toMatchObject({ safe: "ononon", checksums: "on", addresses: "127.0.0.1" });
  expect(new URL(running.databaseUrl).port).not.toBe("5432");
  await stop(running);
});

test("without our option, too, a session is in UTC: the database says so", async () => {
  const running = await start({ TZ: "America/New_York" });
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: running.databaseUrl });
  await client.connect();
  expect((await client.query("SHOW TimeZone")).rows).toEqual([{ TimeZone: "UTC" }]);
  await client.end();
  await stop(running);
});

test("the application's login owns nothing and may make nothing; secrets are their owner's alone", async () => {
  const running = await start();
  const [rights] = await ask(
    running.databaseUrl,
    `SELECT rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls AS "mayMuch" FROM pg_roles WHERE rolname = current_user`,
  );
  expect(rights).toEqual({ mayMuch: false });
  await expect(ask(running.databaseUrl, "CREATE TABLE mine ()")).rejects.toMatchObject({ code: "42501" });
  await expect(ask(running.databaseUrl, "SET ROLE doseline_owner")).rejects.toMatchObject({ code: "42501" });
  expect(statSync(join(directory, "secrets.json")).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "postgres")).mode & 0o777).toBe(0o700);
  const wrong = running.databaseUrl.replace(/:[^:@]+@/, ":guessed@");
  await expect(ask(wrong, "SELECT 1")).rejects.toThrow("does not accept the login");
  await stop(running);
});

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
  "%s stops it cleanly, and the next start finds its data",
  async (signal) => {
    const first = await start();
    await noteSomething(first);
    const server = postmaster();
    first.host.kill(signal);
    await once(first.host, "exit");
    expect(isAlive(server)).toBe(false);
    expect(existsSync(join(directory, "postgres", "postmaster.pid"))).toBe(false);
    expect(readFileSync(join(directory, "postgres.log"), "utf8")).toContain("database system is shut down");

    const second = await start();
    expect(await countNoted(second)).toBe(1);
    expect(readFileSync(join(directory, "postgres.log"), "utf8")).not.toContain("was not properly shut down");
    await stop(second);
  },
);

test("after kill -9 of this process the next start takes over from the server that was left", async () => {
  const first = await start();
  await noteSomething(first);
  const server = postmaster();
  first.host.kill("SIGKILL");
  await once(first.host, "exit");
  expect(isAlive(server)).toBe(true);

  const second = await start();
  expect(isAlive(server)).toBe(false);
  expect(await countNoted(second)).toBe(1);
  await stop(second);
});

test("after kill -9 of the server it is started again, at the same address", async () => {
  const running = await start();
  await noteSomething(running);
  process.kill(postmaster(), "SIGKILL");
  while (!running.said().includes("The database is back")) await pause(20);
  expect(await countNoted(running)).toBe(1);
  await stop(running);
});

test("after kill -9 of both the next start recovers", async () => {
  const first = await start();
  await noteSomething(first);
  const server = postmaster();
  first.host.kill("SIGKILL");
  process.kill(server, "SIGKILL");
  await once(first.host, "exit");

  const second = await start();
  expect(await countNoted(second)).toBe(1);
  await stop(second);
});

test("a number in postmaster.pid that belongs to another process by now is no obstacle", async () => {
  const first = await start();
  await noteSomething(first);
  const file = join(directory, "postgres", "postmaster.pid");
  const lines = readFileSync(file, "utf8").split("\n");
  const server = postmaster();
  first.host.kill("SIGKILL");
  process.kill(server, "SIGKILL");
  await once(first.host, "exit");
  writeFileSync(file, [String(process.pid), ...lines.slice(1)].join("\n"));

  const second = await start();
  expect(isAlive(process.pid)).toBe(true);
  expect(await countNoted(second)).toBe(1);
  await stop(second);
});

test("a start that was ended while it made the files begins again", async () => {
  rmSync(join(directory, "postgres"), { recursive: true });
  rmSync(join(directory, "postgres-provisioned"));
  mkdirSync(join(directory, "postgres.unfinished"));
  writeFileSync(join(directory, "postgres.unfinished", "PG_VERSION"), "18\n");
  rmSync(join(directory, "secrets.json"));
  const running = await start();
  expect(existsSync(join(directory, "postgres.unfinished"))).toBe(false);
  expect(await ask(running.databaseUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await stop(running);
});

test("a second start on the same data is refused, and does not disturb the first", async () => {
  const first = await start();
  const second = launch();
  const [code] = (await once(second.host, "exit")) as [number];
  expect(code).toBe(1);
  expect(second.said()).toContain(`taken by ${first.host.pid}`);
  await noteSomething(first);
  await stop(first);
});

test("data of another major version are refused in one line", async () => {
  writeFileSync(join(directory, "postgres", "PG_VERSION"), "17\n");
  const { host, said } = launch();
  await once(host, "exit");
  expect(host.exitCode).toBe(1);
  expect(said()).toMatch(/belong to PostgreSQL 17, and this is PostgreSQL 18.*DATA_DIR/);
});

test("a database whose passwords are lost is refused in one line, not made anew", async () => {
  rmSync(join(directory, "secrets.json"));
  const { host, said } = launch();
  await once(host, "exit");
  expect(host.exitCode).toBe(1);
  expect(said()).toContain("secrets.json is missing");
});
