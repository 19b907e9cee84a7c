import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";

/**
 * Gives the tests of a file a key and a file of checkpoints of their own: a database is held against what was kept of it
 * alone. Answers where the two are.
 */
export const useOwnCheckpoints = (): { readonly keyFile: string; readonly file: string } => {
  const folder = mkdtempSync(join(tmpdir(), "doseline-checkpoints-"));
  const paths = { keyFile: join(folder, "key.pem"), file: join(folder, "checkpoints.jsonl") };
  beforeAll(() => {
    process.env["CHECKPOINT_KEY_FILE"] = paths.keyFile;
    process.env["CHECKPOINT_FILE"] = paths.file;
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return paths;
};
