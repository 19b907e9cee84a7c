import { exactJson } from "./canonical-json";
import { NO_HASH } from "./chain";
import type { LinkHash } from "./chain";

type Document = Readonly<Record<string, unknown>>;

/** What a part of a bundle is called by: an animal its tag, a version its number. */
export type PartName = { readonly part: string; readonly name: string | number | null };

/** A part of a bundle's content with its line in a seal: [part, name, SHA-256 of its exact JSON]. */
export type SealedPart = PartName & { readonly line: string };

/** The entries are one part, each hashed on the one before it, so that their order counts. */
export const ENTRIES_PART = "entries";

/** What was signed, as one part; not there where nothing was, or the proof does not carry it. */
const SIGNATURES_PART = "signatures";

const BESIDE = new Set(["study", "protocols", "animals", "entries", "proof"]);

const nameOf = (document: unknown, key: string): string | number | null => {
  if (typeof document !== "object" || document === null || !Object.hasOwn(document, key)) return null;
  const name = (document as Document)[key];
  return typeof name === "string" || typeof name === "number" ? name : null;
};

/** Takes the content of a bundle as it is written, or read, a document at a time. */
export type ContentDigest = {
  /** Everything but animals, entries and proof. */
  readonly frame: (head: Document) => void;
  readonly animal: (document: unknown) => void;
  readonly entry: (document: unknown) => void;
  /** Of the proof: a signature's id with its content. */
  readonly signature: (document: unknown) => void;
  readonly parts: () => readonly SealedPart[];
};

export const contentDigest = (hash: LinkHash): ContentDigest => {
  const parts: SealedPart[] = [];
  let entries = NO_HASH;
  let signatures = NO_HASH;
  const sealed = ({ part, name }: PartName, digest: string): SealedPart => ({
    part,
    name,
    line: JSON.stringify([part, name, digest]),
  });
  const add = (name: PartName, value: unknown): void => {
    parts.push(sealed(name, hash(NO_HASH, exactJson(value))));
  };
  return {
    frame: (head) => {
      add({ part: "bundle", name: null }, Object.fromEntries(Object.entries(head).filter(([key]) => !BESIDE.has(key))));
      add({ part: "study", name: null }, head["study"]);
      const protocols: readonly unknown[] = Array.isArray(head["protocols"]) ? head["protocols"] : [];
      for (const version of protocols) add({ part: "protocol version", name: nameOf(version, "version") }, version);
    },
    animal: (document) => add({ part: "animal", name: nameOf(document, "id") }, document),
    entry: (document) => {
      entries = hash(entries, exactJson(document));
    },
    signature: (document) => {
      signatures = hash(signatures, exactJson(document));
    },
    parts: () => [
      ...parts,
      sealed({ part: ENTRIES_PART, name: null }, entries),
      ...(signatures === NO_HASH ? [] : [sealed({ part: SIGNATURES_PART, name: null }, signatures)]),
    ],
  };
};

/** The content of a seal. */
export const writeContent = (digest: ContentDigest): string =>
  digest
    .parts()
    .map(({ line }) => line)
    .join("\n");
