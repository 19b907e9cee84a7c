import { writeInstant } from "../time/instant";

/** A checkpoint as printed on exports, so that the paper can be compared with the database. */
export type CheckpointMark = {
  readonly number: number;
  readonly atMs: number;
  /** SHA-256, hexadecimal. */
  readonly hash: string;
  /** Of the key that signed it. */
  readonly fingerprint: string;
};

export const checkpointWords = ({ number, atMs, hash, fingerprint }: CheckpointMark): string =>
  `${String(number)} of ${writeInstant(atMs)}, SHA-256 ${hash}, signed with key ${fingerprint}`;

/** Where no checkpoint has been made yet, which is so for a minute. */
export const NO_CHECKPOINT = "none yet";
