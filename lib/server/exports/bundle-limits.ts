import "server-only";
import { at } from "@/lib/domain/record/check";
import type { BundleFault } from "@/lib/domain/record/check";
import type { StudyBundle } from "@/lib/domain/record/read-bundle";
import { isTimeZone } from "@/lib/domain/time/time-zone";

/** Deeper than any document of ours, far from what could exhaust a stack. */
const DEEPEST = 32;
const LONGEST_ID = 64;
const LONGEST_TERM = 200;
const MOST_ENTRIES = 1_000_000;
const HIGHEST_VERSION = 2_147_483_647;

const isStorable = (text: string): boolean => !text.includes("\u0000") && !/\p{Cs}/u.test(text);

const fault = (path: string, message: string): BundleFault => ({ path: path === "" ? "$" : path, message });

/** What of a JSON document no text column, no numeric column or no recursion can take; null where all can be stored. */
const unstorable = (value: unknown, path: string, depth: number): BundleFault | null => {
  if (typeof value === "string") {
    return isStorable(value)
      ? null
      : fault(path, "holds a character that cannot be stored: U+0000, or half of a surrogate pair");
  }
  if (typeof value === "number") return Number.isFinite(value) ? null : fault(path, "is a number too large to hold");
  if (typeof value !== "object" || value === null) return null;
  if (depth > DEEPEST) return fault(path, `is nested deeper than ${String(DEEPEST)} levels`);
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index += 1) {
      const found = unstorable(value[index], at(path, index), depth + 1);
      if (found !== null) return found;
    }
    return null;
  }
  for (const [key, member] of Object.entries(value)) {
    const where = at(path, isStorable(key) ? key : "?");
    if (!isStorable(key)) return fault(where, "is a key with a character that cannot be stored");
    const found = unstorable(member, where, depth + 1);
    if (found !== null) return found;
  }
  return null;
};

const tooLongId = (items: readonly { readonly id: string }[], list: string): BundleFault | null => {
  const index = items.findIndex(({ id }) => id.length > LONGEST_ID || id.length === 0);
  return index < 0 ? null : fault(`${list}[${String(index)}].id`, `must have 1 to ${String(LONGEST_ID)} characters`);
};

const tooLongTerm = ({ entries }: StudyBundle): BundleFault | null => {
  for (const [index, entry] of entries.entries()) {
    if (entry.kind !== "observation") continue;
    const finding = entry.findings.findIndex(({ term }) => term.length > LONGEST_TERM);
    if (finding >= 0) {
      return fault(
        `entries[${String(index)}].findings[${String(finding)}].term`,
        `must have at most ${String(LONGEST_TERM)} characters`,
      );
    }
  }
  return null;
};

/** Why a valid bundle cannot be stored all the same; null where it can. `document` is what `bundle` was read from. */
export const storageFault = (document: unknown, bundle: StudyBundle): BundleFault | null => {
  const version = bundle.protocols.findIndex((protocol) => protocol.version > HIGHEST_VERSION);
  if (version >= 0) return fault(`protocols[${String(version)}].version`, `must be at most ${String(HIGHEST_VERSION)}`);
  if (!isTimeZone(bundle.study.timeZone)) {
    return fault(
      "study.timeZone",
      `is ${bundle.study.timeZone}, which is not the name of a time zone, such as Europe/London`,
    );
  }
  if (bundle.entries.length > MOST_ENTRIES) return fault("entries", `must be at most ${String(MOST_ENTRIES)}`);
  return (
    tooLongId(bundle.animals, "animals") ??
    tooLongId(bundle.entries, "entries") ??
    tooLongTerm(bundle) ??
    unstorable(document, "", 0)
  );
};
