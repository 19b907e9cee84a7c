import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CHECKOUT } from "../setup/environment.mjs";

const SCRIPT = join(CHECKOUT, "scripts", "start", "testing", "short-life.mjs");
const PUT_AWAY = ["second put away", "first put away"];

/** Starts a life through a command line, and collects what it says. */
const begin = (command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } });
  let said = "";
  let complained = "";
  child.stdout.setEncoding("utf8").on("data", (part: string) => (said += part));
  child.stderr.setEncoding("utf8").on("data", (part: string) => (complained += part));
  const begun = new Promise<number>((resolve) => {
    child.stdout.on("data", () => {
      const pid = /begun (\d+)/.exec(said)?.[1];
      if (pid !== undefined) resolve(Number(pid));
    });
  });
  const ended = once(child, "close").then(([code]) => ({
    code: Number(code),
    putAway: said.split("\n").filter((line) => line.endsWith("put away")),
    complained,
  }));
  return { child, begun, ended };
};

test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s ends it in order, without an error", async (signal) => {
  const { child, begun, ended } = begin(process.execPath, [SCRIPT]);
  await begun;
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, putAway: PUT_AWAY });
});

test("a signal that comes twice, as from a terminal through npm, ends it once", async () => {
  const { child, begun, ended } = begin(process.execPath, [SCRIPT]);
  await begun;
  child.kill("SIGINT");
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ code: 0, putAway: PUT_AWAY });
});

test("a signal during the beginning ends it too", async () => {
  const { child, begun, ended } = begin(process.execPath, [SCRIPT, "slow"]);
  await begun;
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 0, putAway: PUT_AWAY, complained: "" });
});

test("npm gone without a word ends it", async () => {
  const command = `"${process.execPath}" "${SCRIPT}"; true`;
  const { child, begun, ended } = begin("/bin/sh", ["-c", command], { npm_lifecycle_event: "start" });
  await begun;
  child.kill("SIGKILL");
  expect((await ended).putAway).toEqual(PUT_AWAY);
});

test("a beginning that fails puts away what it had opened", async () => {
  const { ended } = begin(process.execPath, [SCRIPT, "fails"]);
  const end = await ended;
  expect(end).toMatchObject({ code: 1, putAway: PUT_AWAY });
  expect(end.complained).toContain("cannot begin");
});

test("a bug ends it in order, with an error", async () => {
  const { ended } = begin(process.execPath, [SCRIPT, "bug"]);
  const end = await ended;
  expect(end).toMatchObject({ code: 1, putAway: PUT_AWAY });
  expect(end.complained).toContain("SyntaxError");
});

test("a promise that nobody waited for is told, and does not end it", async () => {
  const { child, begun, ended } = begin(process.execPath, [SCRIPT, "rejection"]);
  await begun;
  child.kill("SIGTERM");
  const end = await ended;
  expect(end).toMatchObject({ code: 0, putAway: PUT_AWAY });
  expect(end.complained).toContain("nobody waits for this");
});
