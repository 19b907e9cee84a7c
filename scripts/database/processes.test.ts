import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isAlive, isPostgresOn, isSameProcess, processMark } from "./processes.mjs";

/** A process that waits, and its number. */
const startIdle = async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  await once(child, "spawn");
  if (child.pid === undefined) throw new Error("The process has no number.");
  return { child, pid: child.pid };
};

test("a process is the same as long as it lives, and not after", async () => {
  const { child, pid } = await startIdle();
  const mark = processMark(pid);
  expect(isSameProcess(pid, mark)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(pid)).toBe(false);
  expect(isSameProcess(pid, mark)).toBe(false);
});

test("another process under the same number is not the same", async () => {
  const { child, pid } = await startIdle();
  const markOfAnother = processMark(process.ppid);
  expect(isAlive(pid)).toBe(true);
  expect(isSameProcess(pid, markOfAnother)).toBe(false);
  child.kill("SIGKILL");
});

test("a program that only speaks of postgres is no database server", async () => {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)", "postgres", "-D", "/data"], {
    stdio: "ignore",
  });
  await once(child, "spawn");
  expect(isPostgresOn(child.pid ?? 0, "/data")).toBe(false);
  child.kill("SIGKILL");
});
