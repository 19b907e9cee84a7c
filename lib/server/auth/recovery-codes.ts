import "server-only";
import { randomBytes, randomInt } from "node:crypto";
import { hashRaw } from "@node-rs/argon2";
import { PASSWORD_COST } from "./password";

const HOW_MANY = 10;
const LENGTH = 10;
/** Crockford's base 32: no letter that reads like a digit. Ten of them are 50 bits. */
const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

export type RecoveryCodes = {
  /** Shown once, as "h4k2m-9xq7t". */
  readonly codes: readonly string[];
  readonly salt: Buffer;
  readonly hashes: readonly Buffer[];
};

/** A code as it was meant: without groups, in lower case, with the letters that are none read as the digits they look like. */
export const readRecoveryCode = (typed: string): string | null => {
  const read = typed.toLowerCase().replaceAll(/[\s-]/gu, "").replaceAll("o", "0").replaceAll(/[il]/gu, "1");
  return read.length === LENGTH && [...read].every((letter) => ALPHABET.includes(letter)) ? read : null;
};

/** One salt for the codes of a factor, so that a code is found among them with the work of one hash. */
export const hashRecoveryCode = (code: string, salt: Buffer): Promise<Buffer> =>
  hashRaw(code, { ...PASSWORD_COST, salt });

const newCode = (): string => Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");

export const newRecoveryCodes = async (): Promise<RecoveryCodes> => {
  const salt = randomBytes(16);
  const codes = Array.from({ length: HOW_MANY }, newCode);
  const hashes = await Promise.all(codes.map((code) => hashRecoveryCode(code, salt)));
  return { codes: codes.map((code) => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`), salt, hashes };
};
