import type { LogEntry, ObservedEntry } from "./log-entry";
import { at, fail } from "./check";

type Named = { readonly id: string };

/** Ids name one thing each; the fault is the second one's. */
export const checkIdsOnce = (items: readonly Named[], path: string): void => {
  const seen = new Set<string>();
  items.forEach(({ id }, index) => {
    if (seen.has(id)) fail(at(at(path, index), "id"), `${id} is already the id of another one`);
    seen.add(id);
  });
};

const endsAtOriginal = (entry: ObservedEntry, byId: ReadonlyMap<string, LogEntry>, sound: Set<string>): boolean => {
  const passed = new Set<string>();
  let current: ObservedEntry = entry;
  while (current.corrects !== null && !sound.has(current.id)) {
    if (passed.has(current.id)) return false;
    passed.add(current.id);
    const next = byId.get(current.corrects);
    if (next === undefined || next.kind === "void") return false;
    current = next;
  }
  for (const id of passed) sound.add(id);
  return true;
};

/** Every animal, corrected and voided entry that an entry names is there and can be what it is named as. */
export const checkReferences = (entries: readonly LogEntry[], animals: ReadonlySet<string>): void => {
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const sound = new Set<string>();
  entries.forEach((entry, index) => {
    const path = at("entries", index);
    if (!animals.has(entry.animal)) fail(at(path, "animal"), `there is no animal ${entry.animal}`);
    const key = entry.kind === "void" ? "voids" : "corrects";
    const id = entry.kind === "void" ? entry.voids : entry.corrects;
    if (id === null) return;
    const where = at(path, key);
    const named = byId.get(id);
    if (named === undefined) return fail(where, `there is no entry ${id}`);
    if (named === entry) return fail(where, "an entry cannot name itself");
    if (named.kind === "void") return fail(where, `${id} is a void`);
    if (entry.kind !== "void" && !endsAtOriginal(entry, byId, sound))
      fail(where, "the chain of corrections does not end at an original entry");
    if (named.animal !== entry.animal) fail(at(path, "animal"), `${id} is an entry of animal ${named.animal}`);
    if (entry.kind !== "void" && named.kind !== entry.kind) fail(at(path, "kind"), `${id} is of kind ${named.kind}`);
    if (entry.recordedAt.ms < named.recordedAt.ms) fail(at(path, "recordedAt"), `${id} was recorded later than this`);
  });
};
