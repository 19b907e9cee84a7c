import type { FaultKind } from "./audit-fault";
import type { LinkHash } from "./chain";
import { ENTRIES_PART, animalPart, contentLine, frameParts, partHash } from "./proof";
import type { ContentPart } from "./proof";

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

type Part = Omit<ContentPart, "value"> & { readonly line: string };

const linesOf = (document: Document, hash: LinkHash): readonly Part[] => {
  const parts = [...frameParts(document), ...listOf(document, "animals").map(animalPart)];
  const entries = listOf(document, "entries").reduce<string | undefined>(
    (previous, entry) => partHash(entry, hash, previous),
    undefined,
  );
  return [
    ...parts.map(({ part, name, value }) => ({ part, name, line: contentLine({ part, name }, partHash(value, hash)) })),
    { part: ENTRIES_PART, name: null, line: contentLine({ part: ENTRIES_PART, name: null }, entries ?? "") },
  ];
};

const subjectOf = ({ part, name }: Pick<Part, "part" | "name">): string =>
  name === null ? `the ${part}` : `${part} ${String(name)}`;

const partOfLine = (line: string): Pick<Part, "part" | "name"> => {
  const [part, name] = JSON.parse(line) as readonly [string, string | number | null];
  return { part, name };
};

const keyOf = ({ part, name }: Pick<Part, "part" | "name">): string => JSON.stringify([part, name]);

/** What of a bundle is not what was exported: `content` is a seal's, one line for each part. */
export const contentFaults = (document: Document, content: string, hash: LinkHash): readonly ContentFault[] => {
  const now = linesOf(document, hash);
  const sealedLines = content.split("\n");
  if (now.map(({ line }) => line).join("\n") === content) return [];
  const sealed = new Set(sealedLines);
  const present = new Set(now.map(keyOf));
  const fault = (part: Pick<Part, "part" | "name">, kind: FaultKind, what: string): ContentFault => ({
    subject: subjectOf(part),
    sequence: null,
    kind,
    what,
    isEntries: part.part === ENTRIES_PART,
  });
  const changed = now
    .filter(({ line }) => !sealed.has(line))
    .map((part) => fault(part, "changed", "is not what was exported"));
  const gone = sealedLines.flatMap((line) => {
    const part = readPart(line);
    return part === null || present.has(keyOf(part)) ? [] : [fault(part, "removed", "was exported and is not there")];
  });
  if (changed.length + gone.length > 0) return [...changed, ...gone];
  return [
    fault({ part: "bundle", name: null }, "reordered", "its parts stand in another order than they were exported"),
  ];
};

const readPart = (line: string): Pick<Part, "part" | "name"> | null => {
  try {
    return partOfLine(line);
  } catch {
    return null;
  }
};
