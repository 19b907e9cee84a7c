import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHECKOUT } from "./setup/environment.mjs";

let directory = "";
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doseline-start-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawnSync(process.execPath, [join(CHECKOUT, "scripts", "start.mjs"), ...args], {
    encoding: "utf8",
    env: { ...process.env, DATABASE_URL: "", DATABASE_OWNER_URL: "", DATA_DIR: directory, ...env },
  });

test.each([
  ["PORT", { PORT: "70000" }],
  ["DATABASE_URL", { DATABASE_URL: "mysql://a:b@localhost/c" }],
  ["DATABASE_URL", { DATABASE_OWNER_URL: "postgresql://a:b@localhost/c" }],
  ["NEXTAUTH_URL", { NEXTAUTH_URL: "doseline" }],
  ["NEXTAUTH_SECRET", { NEXTAUTH_SECRET: "too short" }],
])("a bad %s stops the start with one line, before anything is made", (name, env) => {
  const { status, stderr } = start([], env);
  expect(status).toBe(2);
  expect(stderr.trimEnd().split("\n")).toHaveLength(1);
  expect(stderr).toContain(name);
  expect(readdirSync(directory)).toEqual([]);
});

test("an unknown argument is named", () => {
  const { status, stderr } = start(["--prot=4000"]);
  expect(status).toBe(2);
  expect(stderr).toContain("--prot=4000");
});

test("a port that is taken is told before the database is started", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const address = holder.address();
  if (address === null || typeof address === "string") throw new Error("The port is not known.");
  const { status, stderr } = start([], { PORT: String(address.port) });
  holder.close();
  expect(status).toBe(1);
  expect(stderr).toBe(
    `Something already listens on 127.0.0.1:${address.port}. Stop it, or set PORT to another port.\n`,
  );
  expect(readdirSync(directory)).toEqual([]);
});
