import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CHECKOUT } from "../setup/environment.mjs";
import { claimData, completeClaim, databaseOfServer, releaseClaim, standingClaim } from "./claim.mjs";
import { processMark } from "./processes.mjs";

const CLAIMANT = join(CHECKOUT, "scripts", "database", "testing", "claim-and-tell.mjs");
const DATABASE = { databaseUrl: "postgresql://a@127.0.0.1/d", databaseOwnerUrl: "postgresql://o@127.0.0.1/d" };

let directory = "";
let children: ChildProcess[] = [];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "doseline-claim-"));
});
afterEach(() => {
  for (const child of children) child.kill("SIGKILL");
  children = [];
  rmSync(directory, { recursive: true, force: true });
});

const startClaimant = async (): Promise<{ child: ChildProcess; answer: string }> => {
  const child = spawn(process.execPath, [CLAIMANT, directory], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  const [said] = await once(child.stdout, "data");
  return { child, answer: String(said).trim() };
};

test("one of many that start at once has the data, also after a process that was killed", async () => {
  const dead = { pid: process.pid, mark: "another start of the machine", token: "t", by: "server" };
  writeFileSync(join(directory, "runtime.json"), JSON.stringify(dead));
  const answers = await Promise.all(Array.from({ length: 6 }, startClaimant));
  expect(answers.map(({ answer }) => answer).toSorted()).toEqual(["ours", ...Array<string>(5).fill("taken")]);
});

test("what a killed process had is free", async () => {
  const { child } = await startClaimant();
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(standingClaim(directory)).toBeNull();
  expect((await claimData(directory, "server")).isOurs).toBe(true);
});

test("a claim whose number now belongs to another process is not standing", () => {
  const claim = { pid: process.pid, mark: processMark(process.ppid), token: "t", by: "server" };
  writeFileSync(join(directory, "runtime.json"), JSON.stringify(claim));
  expect(standingClaim(directory)).toBeNull();
});

test("half a file is no claim", async () => {
  writeFileSync(join(directory, "runtime.json"), '{"pid":');
  expect((await claimData(directory, "command")).isOurs).toBe(true);
});

test("a command waits for another command, and does not give its data away", async () => {
  const first = await claimData(directory, "command");
  const second = claimData(directory, "command");
  releaseClaim(directory, { ...first.claim, token: "somebody else's" });
  expect(standingClaim(directory)?.token).toBe(first.claim.token);
  releaseClaim(directory, first.claim);
  expect((await second).isOurs).toBe(true);
});

test("a command gets the running server's database as soon as it is there", async () => {
  const server = await claimData(directory, "server");
  const command = await claimData(directory, "command");
  expect(command.isOurs).toBe(false);
  const asked = databaseOfServer(directory, command.claim);
  completeClaim(directory, server.claim, { address: "http://127.0.0.1:3000", database: DATABASE });
  expect(await asked).toEqual(DATABASE);
});

test("the addresses, which hold passwords, can be read by their owner only", async () => {
  const { claim } = await claimData(directory, "server");
  completeClaim(directory, claim, { database: DATABASE });
  expect(readFileSync(join(directory, "runtime.json"), "utf8")).toContain("postgresql://");
  expect(statSync(join(directory, "runtime.json")).mode & 0o777).toBe(0o600);
});
