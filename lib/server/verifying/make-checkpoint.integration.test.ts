import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { linkHash } from "@/test/attacks/link-hash";
import { ON_INSTALLATION } from "@/lib/server/store/audit-events";
import { checkpointsOf } from "@/lib/server/store/checkpoint-rows";
import { connection } from "@/lib/server/db/connection";
import { database, openDatabase, useDatabase } from "@/lib/server/db/database";
import { createTestDatabase } from "@/test/database/test-database";
import { SYSTEM, recordEvent } from "@/lib/server/command/audit";
import { compareKept, verifyCheckpoints } from "@/lib/domain/proof/verify-checkpoints";
import { readCheckpointFile } from "./checkpoint-file";
import { readOrMakeCheckpointKey } from "./key-file";
import { makeAllCheckpoints, makeCheckpoint } from "./make-checkpoint";
import { checkSignature, quickLinkHash } from "./checkpoint-signatures";

const folder = mkdtempSync(join(tmpdir(), "doseline-checkpoints-"));
const keyFile = join(folder, "kept", "key.pem");
const file = join(folder, "kept", "checkpoints.jsonl");
const INSTALLATION = { studyId: null, code: null };

beforeAll(async () => {
  process.env["CHECKPOINT_KEY_FILE"] = keyFile;
  process.env["CHECKPOINT_FILE"] = file;
  useDatabase(openDatabase((await createTestDatabase()).databaseUrl));
});
afterAll(async () => {
  await database().close();
  rmSync(folder, { recursive: true, force: true });
});

const happen = (subject: string): Promise<void> =>
  recordEvent(SYSTEM, { ...ON_INSTALLATION, kind: "SIGN_IN_FAILED", subject });

const stored = () => checkpointsOf(connection, INSTALLATION);
const kept = async () => (await readCheckpointFile(file))?.checkpoints ?? [];
const means = () => {
  const { trusted } = readOrMakeCheckpointKey(keyFile);
  return { hash: quickLinkHash, checkSignature, isTrusted: (key: string) => trusted.has(key) };
};

test("the hash for many is the hash of each, whatever its length", () => {
  for (const length of [0, 1, 100, 21_000, 22_000, 70_000])
    expect(quickLinkHash("ab".repeat(32), "ё".repeat(length))).toBe(linkHash("ab".repeat(32), "ё".repeat(length)));
});

test("nothing new makes no checkpoint; a head that moved makes one, signed and kept outside", async () => {
  expect(await makeCheckpoint(INSTALLATION, "entry")).toBeNull();
  await happen("one");
  const made = await makeCheckpoint(INSTALLATION, "entry");
  expect(made).toMatchObject({ number: 1, study: null, cause: "entry" });
  expect(made?.heads).toMatch(/^\["installation",1,"[0-9a-f]{64}"\]$/u);
  expect(await makeCheckpoint(INSTALLATION, "entry")).toBeNull();
  await happen("two");
  await happen("three");
  await makeAllCheckpoints("entry");
  expect((await stored()).map(({ number }) => number)).toEqual([1, 2]);
  expect(await kept()).toEqual(await stored());
  expect(verifyCheckpoints(await stored(), means())).toMatchObject({
    faults: [],
    heads: [{ sequence: 1 }, { sequence: 3 }],
  });
  for (const path of [keyFile, file]) expect(statSync(path).mode & 0o077).toBe(0);
});

test("who writes at once follows one another, and the file has each checkpoint", async () => {
  await Promise.all(
    Array.from({ length: 12 }, async (_, index) => {
      await happen(String(index));
      await makeCheckpoint(INSTALLATION, "entry");
    }),
  );
  expect(verifyCheckpoints(await stored(), means()).faults).toEqual([]);
  expect(compareKept(await stored(), await kept())).toEqual([]);
});

test("a line that was cut off and a file that is gone are made good", async () => {
  const whole = readFileSync(file, "utf8");
  const [first = ""] = whole.split("\n");
  const lines = whole.trimEnd().split("\n");
  const last = lines.at(-1) ?? "";
  writeFileSync(file, `${lines.slice(0, -1).join("\n")}\n${last.slice(0, 40)}`);
  await happen("after a crash");
  await makeCheckpoint(INSTALLATION, "entry");
  expect(await readCheckpointFile(file)).toMatchObject({ unreadable: [] });
  expect(compareKept(await stored(), await kept())).toEqual([]);
  rmSync(file);
  await happen("after the file went");
  await makeCheckpoint(INSTALLATION, "entry");
  expect(await kept()).toEqual(await stored());
  appendFileSync(file, `${first.replace('"number":1', '"number":"1"')}\n`);
  expect((await readCheckpointFile(file))?.unreadable).toHaveLength(1);
});

test("the application can add a checkpoint, and change none", async () => {
  for (const change of [
    "UPDATE audit_checkpoints SET number = 1",
    "DELETE FROM audit_checkpoints",
    "TRUNCATE audit_checkpoints",
    "DELETE FROM installations",
    "UPDATE installations SET id = gen_random_uuid()",
    "INSERT INTO installations DEFAULT VALUES",
    "ALTER TABLE audit_checkpoints DISABLE TRIGGER ALL",
  ]) {
    await expect(connection.query({ text: change })).rejects.toMatchObject({ code: "42501" });
  }
});
