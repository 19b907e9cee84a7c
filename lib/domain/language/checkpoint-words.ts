import { writeInstant } from "../time/instant";

/** A checkpoint as it is printed on what leaves the system: whoever keeps the paper can hold the database against it. */
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
