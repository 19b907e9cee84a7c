import { canonicalField } from "../trail/canonical";
import { NO_HASH } from "../trail/chain";
import type { ChainHead, LinkHash } from "../trail/chain";

/** What a checkpoint was made after. "start": found uncovered when the server started. */
export const CHECKPOINT_CAUSES = ["signature", "export", "entry", "import", "start"] as const;
export type CheckpointCause = (typeof CHECKPOINT_CAUSES)[number];

/** The head of a chain at a checkpoint. */
export type NamedHead = ChainHead & { readonly chain: string };

/** What a checkpoint's hash covers. */
export type CheckpointContent = {
  /** The id of the database, made with it: one file may outlive a database. */
  readonly installation: string;
  /** The study's code; null: the accounts' chains and the installation's own. */
  readonly study: string | null;
  /** 1, 2, 3 … for each study. */
  readonly number: number;
  readonly atMs: number;
  readonly cause: string;
  /** The heads that changed since the checkpoint before: one JSON line [chain, sequence, hash] for each. */
  readonly heads: string;
};

/** A checkpoint in its chain. Hashes, the Ed25519 signature over `hash` and the raw public key are hexadecimal. */
export type Checkpoint = CheckpointContent & {
  readonly previousHash: string;
  readonly hash: string;
  readonly signature: string;
  readonly publicKey: string;
};

const FORMAT = "doseline-checkpoint/1";

const canonicalCheckpoint = (content: CheckpointContent): string =>
  [FORMAT, content.installation, content.study ?? "", content.number, content.atMs, content.cause, content.heads]
    .map(canonicalField)
    .join("");

export const checkpointHash = (content: CheckpointContent, previousHash: string, hash: LinkHash): string =>
  hash(previousHash, canonicalCheckpoint(content));

export const writeHeads = (heads: readonly NamedHead[]): string =>
  heads.map(({ chain, sequence, hash }) => JSON.stringify([chain, sequence, hash])).join("\n");

const parsedOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

const readHead = (line: string): NamedHead | null => {
  const head = parsedOrNull(line);
  if (!Array.isArray(head) || head.length !== 3) return null;
  const [chain, sequence, hash] = head as readonly unknown[];
  if (typeof chain !== "string" || typeof sequence !== "number" || typeof hash !== "string") return null;
  return { chain, sequence, hash };
};

/** The heads of a checkpoint whose hash was found right; null where they are not heads at all. */
export const readHeads = (text: string): readonly NamedHead[] | null => {
  const heads = text === "" ? [] : text.split("\n").map(readHead);
  return heads.some((head) => head === null) ? null : heads.filter((head) => head !== null);
};

/** What an exporter signs over a bundle: what it holds, where its chains end, and the checkpoint it was made at. */
export const bundleSealHash = (
  seal: { readonly installation: string; readonly study: string; readonly content: string; readonly heads: string },
  checkpoint: string,
  hash: LinkHash,
): string =>
  hash(
    checkpoint,
    ["doseline-bundle/1", seal.installation, seal.study, seal.content, seal.heads].map(canonicalField).join(""),
  );

/** One line of the checkpoint file, without its end. */
export const writeCheckpointLine = (checkpoint: Checkpoint): string => JSON.stringify(checkpointDocument(checkpoint));

/** A checkpoint as the file and a bundle's proof have it, its keys in this order. */
export const checkpointDocument = ({
  installation,
  study,
  number,
  atMs,
  cause,
  heads,
  previousHash,
  hash,
  signature,
  publicKey,
}: Checkpoint): Checkpoint => ({
  installation,
  study,
  number,
  atMs,
  cause,
  heads,
  previousHash,
  hash,
  signature,
  publicKey,
});

const TEXTS = ["installation", "cause", "heads", "previousHash", "hash", "signature", "publicKey"] as const;
const NUMBERS = ["number", "atMs"] as const;
const KEYS = new Set<string>([...TEXTS, ...NUMBERS, "study"]);

/** A checkpoint of a file or a proof; null where it is none, or holds more than one does. */
export const readCheckpoint = (document: unknown): Checkpoint | null => {
  if (typeof document !== "object" || document === null) return null;
  const { study, ...rest } = document as Readonly<Record<string, unknown>>;
  const isWhole =
    (study === null || typeof study === "string") &&
    TEXTS.every((key) => typeof rest[key] === "string") &&
    NUMBERS.every((key) => Number.isSafeInteger(rest[key])) &&
    Object.keys(document).every((key) => KEYS.has(key));
  return isWhole ? checkpointDocument(document as Checkpoint) : null;
};

export const readCheckpointLine = (line: string): Checkpoint | null => readCheckpoint(parsedOrNull(line));

/** Answers whether a hexadecimal Ed25519 signature over a hexadecimal hash is that of a raw public key. */
export type CheckSignature = (publicKey: string, hash: string, signature: string) => boolean;

/** The first checkpoint of a study has this before it, as the first event of a chain has. */
export const previousOf = (before: Checkpoint | undefined): string => before?.hash ?? NO_HASH;
