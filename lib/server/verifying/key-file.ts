import "server-only";
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { publicKeyOf } from "./checkpoint-signatures";

export type CheckpointKey = {
  /** Raw, hexadecimal. */
  readonly publicKey: string;
  /** This key's and those of earlier ones that the file still names. */
  readonly trusted: ReadonlySet<string>;
  /** Ed25519 over the octets of a hexadecimal hash. */
  readonly sign: (hash: string) => string;
};

const BLOCK = /-----BEGIN (?<kind>PRIVATE|PUBLIC) KEY-----[\s\S]+?-----END \k<kind> KEY-----/gu;

const blocksOf = (text: string, wanted: "PRIVATE" | "PUBLIC"): readonly string[] =>
  [...text.matchAll(BLOCK)].filter(({ groups }) => groups?.["kind"] === wanted).map(([block]) => block);

const readKey = (file: string): CheckpointKey => {
  const text = readFileSync(file, "utf8");
  const [pem] = blocksOf(text, "PRIVATE");
  const key = pem === undefined ? null : createPrivateKey(pem);
  if (key?.asymmetricKeyType !== "ed25519")
    throw new Error(`CHECKPOINT_KEY_FILE: there is no Ed25519 private key (PEM, PKCS#8) in ${file}.`);
  const publicKey = publicKeyOf(key);
  const earlier = blocksOf(text, "PUBLIC").map((block) => publicKeyOf(createPublicKey(block)));
  return {
    publicKey,
    trusted: new Set([publicKey, ...earlier]),
    sign: (hash) => sign(null, Buffer.from(hash, "hex"), key).toString("hex"),
  };
};

const isCode = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;

/** Of several processes that start at once, one key comes to stand: a link is made only where there is no file yet. */
const makeKey = (file: string): void => {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const unfinished = `${file}.${String(process.pid)}.unfinished`;
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" });
  try {
    writeFileSync(unfinished, pem, { mode: 0o600, flush: true });
    linkSync(unfinished, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(unfinished, { force: true });
  }
};

/** The key in a file, or null where there is no file. */
export const readCheckpointKey = (file: string): CheckpointKey | null => {
  try {
    return readKey(file);
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
};

const known = new Map<string, CheckpointKey>();

/** The installation's key; made, readable by its owner alone, where there is none yet. */
export const readOrMakeCheckpointKey = (file: string): CheckpointKey => {
  const read = known.get(file) ?? readCheckpointKey(file);
  if (read === null) makeKey(file);
  const key = read ?? readKey(file);
  known.set(file, key);
  return key;
};
