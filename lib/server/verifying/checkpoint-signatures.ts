import "server-only";
import { createHash, createPublicKey, hash as hashOnce, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { LinkHash } from "@/lib/domain/trail/chain";
import type { CheckSignature } from "@/lib/domain/proof/checkpoint";

/** Room for the previous hash and most events; a longer one is hashed in a buffer of its own. */
const ROOM = 64 * 1024;
const HASH_OCTETS = 32;
const MOST_OCTETS_OF_A_UNIT = 3;
const buffer = Buffer.allocUnsafe(ROOM);

/** `LinkHash` for very many events: each hashed at once, in a buffer that is used again. */
export const quickLinkHash: LinkHash = (previousHash, canonical) => {
  const isShort = canonical.length * MOST_OCTETS_OF_A_UNIT + HASH_OCTETS <= ROOM;
  if (!isShort) return createHash("sha256").update(previousHash, "hex").update(canonical, "utf8").digest("hex");
  buffer.write(previousHash, 0, "hex");
  const end = HASH_OCTETS + buffer.write(canonical, HASH_OCTETS, "utf8");
  return hashOnce("sha256", buffer.subarray(0, end), "hex");
};

/** SHA-256 of a text in UTF-8, hexadecimal. */
export const textHash = (text: string): string => hashOnce("sha256", text, "hex");

const rawOf = (key: KeyObject): string =>
  Buffer.from(key.export({ format: "jwk" }).x ?? "", "base64url").toString("hex");

/** The raw public key (hexadecimal) of an Ed25519 key, private or public. */
export const publicKeyOf = (key: KeyObject): string => rawOf(key.type === "private" ? createPublicKey(key) : key);

/** What a person compares: SHA-256 of the raw public key, hexadecimal. */
export const fingerprintOf = (publicKey: string): string => createHash("sha256").update(publicKey, "hex").digest("hex");

const keyOf = (publicKey: string): KeyObject | null => {
  try {
    const x = Buffer.from(publicKey, "hex").toString("base64url");
    return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
  } catch {
    return null;
  }
};

const keys = new Map<string, KeyObject | null>();

const HEXADECIMAL = /^(?:[0-9a-f]{2})*$/u;

/** Hexadecimal is written in one way only, so that no letter of it can be another. */
export const checkSignature: CheckSignature = (publicKey, signed, signature) => {
  if (![publicKey, signed, signature].every((text) => HEXADECIMAL.test(text))) return false;
  const known = keys.get(publicKey);
  const key = known === undefined ? keyOf(publicKey) : known;
  if (known === undefined) keys.set(publicKey, key);
  return key !== null && verify(null, Buffer.from(signed, "hex"), key, Buffer.from(signature, "hex"));
};
