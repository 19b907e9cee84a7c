import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { canReach } from "./database-account.mjs";

/** An account that owns nothing, in no group. */
const STRANGER = { uid: 4_000_001, gid: 4_000_001 };

let home = "";
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "doseline-account-"));
  mkdirSync(join(home, "checkout", "bin"), { recursive: true });
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

test("a directory below a private home cannot be reached by another account", () => {
  chmodSync(home, 0o700);
  expect(canReach(STRANGER, join(home, "checkout", "bin"))).toBe(false);
});

test("a directory that everybody may pass through to can be reached", () => {
  chmodSync(home, 0o711);
  expect(canReach(STRANGER, join(home, "checkout", "bin"))).toBe(true);
});

test("the owner reaches what only the owner may", () => {
  chmodSync(home, 0o700);
  const owner = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  expect(canReach(owner, join(home, "checkout", "bin"))).toBe(true);
});
