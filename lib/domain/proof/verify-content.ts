import type { FaultKind } from "../trail/audit-fault";
import type { LinkHash } from "../trail/chain";
import { ENTRIES_PART, contentDigest } from "../trail/content-digest";
import type { PartName, SealedPart } from "../trail/content-digest";

type Document = Readonly<Record<string, unknown>>;

type ContentFault = {
  readonly subject: string;
  readonly sequence: null;
  readonly kind: FaultKind;
  readonly what: string;
  /** The entries are compared one by one with their events as well. */
  readonly isEntries: boolean;
};

const listOf = (document: Document, key: string): readonly unknown[] => {
  const list = document[key];
  return Array.isArray(list) ? list : [];
};

const partsOf = (document: Document, hash: LinkHash): readonly SealedPart[] => {
  const digest = contentDigest(hash);
  digest.frame(document);
  for (const animal of listOf(document, "animals")) digest.animal(animal);
  for (const entry of listOf(document, "entries")) digest.entry(entry);
  for (const signature of listOf((document["proof"] ?? {}) as Document, "signatures")) digest.signature(signature);
  return digest.parts();
};

const subjectOf = ({ part, name }: PartName): string => (name === null ? `the ${part}` : `${part} ${String(name)}`);

const keyOf = ({ part, name }: PartName): string => JSON.stringify([part, name]);

const readPart = (line: string): PartName | null => {
  try {
    const [part, name] = JSON.parse(line) as readonly [string, string | number | null];
    return { part, name };
  } catch {
    return null;
  }
};

const faultOf = (part: PartName, kind: FaultKind, what: string): ContentFault => ({
  subject: subjectOf(part),
  sequence: null,
  kind,
  what,
  isEntries: part.part === ENTRIES_PART,
});

/** What of a bundle is not what was exported: `content` is a seal's, one line for each part. */
export const contentFaults = (document: Document, content: string, hash: LinkHash): readonly ContentFault[] => {
  const parts = partsOf(document, hash);
  if (parts.map(({ line }) => line).join("\n") === content) return [];
  const lines = content.split("\n");
  const sealed = new Set(lines);
  const present = new Set(parts.map(keyOf));
  const changed = parts
    .filter(({ line }) => !sealed.has(line))
    .map((part) => faultOf(part, "changed", "is not what was exported"));
  const gone = lines.flatMap((line) => {
    const part = readPart(line);
    return part === null || present.has(keyOf(part)) ? [] : [faultOf(part, "removed", "was exported and is not there")];
  });
  if (changed.length + gone.length > 0) return [...changed, ...gone];
  const whole = { part: "bundle", name: null };
  return [faultOf(whole, "reordered", "its parts stand in another order than they were exported")];
};
