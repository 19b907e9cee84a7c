import "server-only";
import { writePath } from "@/lib/contracts/field-faults";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { FieldFault } from "@/lib/contracts/problem";

/** Deeper than any document of ours, far from what could exhaust a stack. */
const DEEPEST = 32;

type Node = { readonly value: unknown; readonly path: readonly PropertyKey[] };

const fault = (path: readonly PropertyKey[], code: ErrorCode, message: string): FieldFault => ({
  path: writePath(path),
  code,
  message,
});

/** Characters that PostgreSQL's text does not take: U+0000, and half of a surrogate pair. */
const textFault = (text: string): string | null => {
  if (text.includes("\u0000")) return "holds the character U+0000, which cannot be stored";
  return /\p{Cs}/u.test(text) ? "holds half of a surrogate pair, which is no character" : null;
};

const scalarFault = ({ value, path }: Node): FieldFault | null => {
  if (typeof value !== "string") return null;
  const message = textFault(value);
  return message === null ? null : fault(path, "FORBIDDEN_CHARACTER", message);
};

const keyFault = (key: string, path: readonly PropertyKey[]): FieldFault | null => {
  if (key === "__proto__") return fault([...path, key], "UNKNOWN_KEY", "is not a field of any document");
  return textFault(key) === null
    ? null
    : fault(path, "FORBIDDEN_CHARACTER", "has a field whose name holds a character that cannot be stored");
};

/**
 * What no document may hold, whatever it is about: it is looked for before any schema reads it, without recursion,
 * so that neither depth nor an odd character can make anything further down fail.
 */
export const inspectJson = (document: unknown): FieldFault | null => {
  const open: Node[] = [{ value: document, path: [] }];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const { value, path } = node;
    if (typeof value !== "object" || value === null) {
      const found = scalarFault(node);
      if (found !== null) return found;
      continue;
    }
    if (path.length >= DEEPEST) return fault(path, "TOO_DEEP", `is nested more than ${DEEPEST} deep`);
    const list = Array.isArray(value);
    for (const [key, inner] of Object.entries(value)) {
      const found = keyFault(key, path);
      if (found !== null) return found;
      open.push({ value: inner, path: [...path, list ? Number(key) : key] });
    }
  }
  return null;
};
