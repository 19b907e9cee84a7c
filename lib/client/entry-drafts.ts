import * as z from "zod";
import type { DeviceStore } from "./device-store";

/** Whose draft of what: one person's form of one kind for one animal. */
export type DraftPlace = {
  readonly person: string;
  readonly study: string;
  readonly animal: string;
  readonly kind: string;
};

/**
 * A form that has not been saved. `sent` is the document as it went out without an answer: it may have arrived, so
 * the same id is tried again with the same content.
 */
export type EntryDraft = {
  readonly id: string;
  readonly values: unknown;
  readonly sent: unknown;
  readonly changedMs: number;
};

const PREFIX = "doseline.draft.1";
/** After so long nobody remembers what it was about. */
const KEPT_MS = 7 * 86_400_000;

const draftText = z.object({ id: z.string(), values: z.unknown(), sent: z.unknown(), changedMs: z.number() });

const keyOf = ({ person, study, animal, kind }: DraftPlace): string =>
  JSON.stringify([PREFIX, person, study, animal, kind]);

const placeOf = (key: string): DraftPlace | null => {
  try {
    const parts = z
      .tuple([z.literal(PREFIX), z.string(), z.string(), z.string(), z.string()])
      .safeParse(JSON.parse(key));
    if (!parts.success) return null;
    const [, person, study, animal, kind] = parts.data;
    return { person, study, animal, kind };
  } catch {
    return null;
  }
};

const readText = (text: string | null): EntryDraft | null => {
  if (text === null) return null;
  try {
    const draft = draftText.safeParse(JSON.parse(text));
    if (!draft.success) return null;
    const { id, values, sent, changedMs } = draft.data;
    return { id, values, sent: sent ?? null, changedMs };
  } catch {
    return null;
  }
};

export const readDraft = (store: DeviceStore, place: DraftPlace, nowMs: number): EntryDraft | null => {
  const draft = readText(store.get(keyOf(place)));
  if (draft !== null && nowMs - draft.changedMs <= KEPT_MS) return draft;
  store.remove(keyOf(place));
  return null;
};

const listeners = new Set<() => void>();

/** Tells whenever a draft of this page was written or dropped; answers how to stop. */
export const onDraftChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const tell = (): void => {
  for (const listener of listeners) listener();
};

export const writeDraft = (store: DeviceStore, place: DraftPlace, draft: EntryDraft): void => {
  store.set(keyOf(place), JSON.stringify(draft));
  tell();
};

export const dropDraft = (store: DeviceStore, place: DraftPlace): void => {
  store.remove(keyOf(place));
  tell();
};

export type WaitingDraft = { readonly place: DraftPlace; readonly changedMs: number };

/** What this person has typed in a study and not saved, oldest first. */
export const waitingDrafts = (
  store: DeviceStore,
  { person, study }: Pick<DraftPlace, "person" | "study">,
  nowMs: number,
): readonly WaitingDraft[] =>
  store
    .keys()
    .flatMap((key) => {
      const place = placeOf(key);
      if (place === null || place.person !== person || place.study !== study) return [];
      const draft = readDraft(store, place, nowMs);
      return draft === null ? [] : [{ place, changedMs: draft.changedMs }];
    })
    .sort((one, other) => one.changedMs - other.changedMs);
