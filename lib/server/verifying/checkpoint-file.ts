import "server-only";
import { appendFile, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { readCheckpointLine, writeCheckpointLine } from "@/lib/domain/proof/checkpoint";
import type { Checkpoint } from "@/lib/domain/proof/checkpoint";

const isMissing = (error: unknown): boolean => error instanceof Error && "code" in error && error.code === "ENOENT";

/** The text of a file from an octet on; null where there is no file, or a shorter one. */
const readFrom = async (file: string, offset: number): Promise<string | null> => {
  const handle = await open(file, "r").catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (handle === null) return null;
  try {
    const { size } = await handle.stat();
    if (size < offset) return null;
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - offset), 0, size - offset, offset);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
};

export type CheckpointFile = {
  readonly checkpoints: readonly Checkpoint[];
  /** The numbers, from 1, of lines that are no checkpoints. */
  readonly unreadable: readonly number[];
};

/** A line that a crash cut off stands again, whole, further down. */
const isBegunElsewhere = (line: string, lines: readonly string[]): boolean =>
  lines.some((other) => other.length > line.length && other.startsWith(line));

const readLines = (text: string): CheckpointFile => {
  const lines = text.split("\n");
  const checkpoints: Checkpoint[] = [];
  const unreadable: number[] = [];
  for (const [index, line] of lines.entries()) {
    if (line === "") continue;
    const checkpoint = readCheckpointLine(line);
    if (checkpoint !== null) checkpoints.push(checkpoint);
    else if (!isBegunElsewhere(line, lines)) unreadable.push(index + 1);
  }
  return { checkpoints, unreadable };
};

/** Everything in a file of checkpoints; null where there is no file. */
export const readCheckpointFile = async (file: string): Promise<CheckpointFile | null> => {
  const text = await readFrom(file, 0);
  return text === null ? null : readLines(text);
};

/** A file of checkpoints as this process knows it: up to which octet, and each study's highest number by then. */
type KnownFile = { octets: number; endsInLine: boolean; highest: Map<string, number> };

const known = new Map<string, KnownFile>();

const keyOf = ({ installation, study }: Pick<Checkpoint, "installation" | "study">): string =>
  JSON.stringify([installation, study]);

const learn = (file: KnownFile, text: string): void => {
  for (const checkpoint of readLines(text).checkpoints) {
    const key = keyOf(checkpoint);
    file.highest.set(key, Math.max(checkpoint.number, file.highest.get(key) ?? 0));
  }
  file.octets += Buffer.byteLength(text);
  if (text !== "") file.endsInLine = text.endsWith("\n");
};

/** Reads what was appended since, by whichever process; a file that became shorter is read anew. */
const catchUp = async (path: string): Promise<KnownFile> => {
  const before = known.get(path);
  const more = before === undefined ? null : await readFrom(path, before.octets);
  const file = more === null || before === undefined ? { octets: 0, endsInLine: true, highest: new Map() } : before;
  learn(file, more ?? (await readFrom(path, 0)) ?? "");
  known.set(path, file);
  return file;
};

let writing: Promise<unknown> = Promise.resolve();

/**
 * Appends what the file does not have of a study's checkpoints, each a line. `readAfter` reads those after a number:
 * usually the one just made, after a crash more, in a new file all.
 */
export const keepCheckpoints = (
  path: string,
  scope: Pick<Checkpoint, "installation" | "study">,
  readAfter: (number: number) => Promise<readonly Checkpoint[]>,
): Promise<void> => {
  const write = async (): Promise<void> => {
    const file = await catchUp(path);
    const checkpoints = await readAfter(file.highest.get(keyOf(scope)) ?? 0);
    if (checkpoints.length === 0) return;
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const text = checkpoints.map((checkpoint) => `${writeCheckpointLine(checkpoint)}\n`).join("");
    await appendFile(path, file.endsInLine ? text : `\n${text}`, { mode: 0o600, flush: true });
  };
  const done = writing.then(write);
  writing = done.catch(() => undefined);
  return done;
};
