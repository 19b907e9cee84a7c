import "server-only";
import { createHash, hash as hashOnce } from "node:crypto";
import { canonicalEvent } from "@/lib/domain/trail/canonical";
import type { ChainedEvent } from "@/lib/domain/trail/chain";

/** Room for most events; what might not fit is hashed in a buffer of its own. */
const ROOM = 64 * 1024;
const HASH_OCTETS = 32;
const MOST_OCTETS_OF_A_UNIT = 3;
/** Beyond this many units it is quicker to let the platform write a text. */
const SHORT = 40;

const [ZERO, COLON, COMMA, MINUS] = [0x30, 0x3a, 0x2c, 0x2d];
const LAST_ASCII = 0x7f;

const octets = Buffer.allocUnsafe(ROOM);
/** What most events of a chain share with the one before: the octets of their chain, and of who did what from where. */
type Shared = { chain: string; chainOctets: Uint8Array; event: ChainedEvent | null; whoOctets: Uint8Array };
const shared: Shared = { chain: "", chainOctets: new Uint8Array(), event: null, whoOctets: new Uint8Array() };

const FORMAT = Buffer.from("16:doseline-audit/1,");

const digitsOf = (length: number): number =>
  length < 10 ? 1 : length < 100 ? 2 : length < 1000 ? 3 : length < 10_000 ? 4 : 5;

/** Writes a length before the place where its text begins. */
const writeLength = (at: number, length: number): number => {
  const digits = digitsOf(length);
  let rest = length;
  for (let index = digits - 1; index >= 0; index -= 1) {
    octets[at + index] = ZERO + (rest % 10);
    rest = Math.trunc(rest / 10);
  }
  octets[at + digits] = COLON;
  return at + digits + 1;
};

/** A short text of ASCII alone, letter by letter; null where it is another. */
const writeShort = (at: number, text: string): number | null => {
  let end = writeLength(at, text.length);
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    if (unit > LAST_ASCII) return null;
    octets[end] = unit;
    end += 1;
  }
  octets[end] = COMMA;
  return end + 1;
};

/** The length is written once it is known; a text is seldom longer in octets by a digit. */
const writeLong = (at: number, text: string): number => {
  const begin = at + digitsOf(text.length) + 1;
  let length = octets.write(text, begin, "utf8");
  if (digitsOf(length) !== digitsOf(text.length)) length = octets.write(text, at + digitsOf(length) + 1, "utf8");
  const end = writeLength(at, length) + length;
  octets[end] = COMMA;
  return end + 1;
};

const writeField = (at: number, text: string | null): number => {
  if (text === null) {
    octets[at] = MINUS;
    octets[at + 1] = COMMA;
    return at + 2;
  }
  return (text.length <= SHORT ? writeShort(at, text) : null) ?? writeLong(at, text);
};

/** Of a hexadecimal digit's code the digit; of every other code 0, which comes to another hash. */
const DIGITS = Uint8Array.from({ length: 256 }, (_, code) =>
  Math.max(0, "0123456789abcdef".indexOf(String.fromCharCode(code))),
);

const digitAt = (text: string, index: number): number => DIGITS[text.charCodeAt(index)] ?? 0;

const writeHash = (hash: string): void => {
  for (let index = 0; index < HASH_OCTETS; index += 1)
    octets[index] = digitAt(hash, 2 * index) * 16 + digitAt(hash, 2 * index + 1);
};

const MILLION = 1_000_000;

/** A whole number, digit by digit: quicker than by way of a text. */
const writeNumber = (at: number, number: number): number => {
  let digits = 1;
  for (let power = 10; power <= number; power *= 10) digits += 1;
  const begin = writeLength(at, digits);
  let low = number % MILLION;
  let high = Math.floor(number / MILLION);
  for (let done = 1; done <= digits; done += 1) {
    octets[begin + digits - done] = ZERO + (low % 10);
    low = Math.trunc(low / 10);
    if (done % 6 === 0) {
      low = high % MILLION;
      high = Math.floor(high / MILLION);
    }
  }
  octets[begin + digits] = COMMA;
  return begin + digits + 1;
};

const writeChain = (at: number, chain: string): number => {
  if (chain !== shared.chain) {
    FORMAT.copy(octets, at);
    const end = writeField(at + FORMAT.length, chain);
    shared.chain = chain;
    shared.chainOctets = Buffer.from(octets.subarray(at, end));
    return end;
  }
  octets.set(shared.chainOctets, at);
  return at + shared.chainOctets.length;
};

const isBySame = (event: ChainedEvent, other: ChainedEvent | null): boolean =>
  other !== null &&
  event.kind === other.kind &&
  event.actor === other.actor &&
  event.actorText === other.actorText &&
  event.roles === other.roles &&
  event.origin === other.origin &&
  event.address === other.address;

const writeWho = (at: number, event: ChainedEvent): number => {
  if (isBySame(event, shared.event)) {
    octets.set(shared.whoOctets, at);
    return at + shared.whoOctets.length;
  }
  let end = writeField(at, event.kind);
  end = writeField(end, event.actor);
  end = writeField(end, event.actorText);
  end = writeField(end, event.roles);
  end = writeField(end, event.origin);
  end = writeField(end, event.address);
  shared.event = event;
  shared.whoOctets = Buffer.from(octets.subarray(at, end));
  return end;
};

const lengthOf = (text: string | null): number => (text === null ? 0 : text.length);

/** More than the longest that the fields beside these can come to. */
const BESIDE = 4096;

const isLarge = (event: ChainedEvent): boolean =>
  BESIDE +
    MOST_OCTETS_OF_A_UNIT *
      (event.chain.length +
        event.actorText.length +
        lengthOf(event.address) +
        lengthOf(event.subject) +
        lengthOf(event.oldValue) +
        lengthOf(event.newValue) +
        lengthOf(event.reason)) >
  ROOM;

/**
 * The hash of an event on the one before it: what `canonicalEvent` and SHA-256 come to, for very many of them. The octets
 * are written at once into a buffer that is used again.
 */
export const eventHash = (event: ChainedEvent): string => {
  if (isLarge(event))
    return createHash("sha256").update(event.previousHash, "hex").update(canonicalEvent(event), "utf8").digest("hex");
  writeHash(event.previousHash);
  let end = writeChain(HASH_OCTETS, event.chain);
  end = writeNumber(end, event.sequence);
  end = writeNumber(end, event.atMs);
  end = writeWho(end, event);
  end = writeField(end, event.entryId);
  end = writeField(end, event.subject);
  end = writeField(end, event.oldValue);
  end = writeField(end, event.newValue);
  end = writeField(end, event.reason);
  return hashOnce("sha256", octets.subarray(0, end), "hex");
};
