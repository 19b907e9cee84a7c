import { describe, expect, test } from "vitest";
import { memoryStore } from "./device-store";
import { dropDraft, readDraft, waitingDrafts, writeDraft, type DraftPlace } from "./entry-drafts";

const PLACE: DraftPlace = { person: "ana", study: "POM 1", animal: 'M"1', kind: "weight" };
const NOW = Date.UTC(2026, 1, 4);
const DAY = 86_400_000;

const draft = (changedMs = NOW) => ({ id: "an-id", values: { grams: { text: "21.4" } }, sent: null, changedMs });

describe("a draft", () => {
  test("is found again, with the id it was begun with", () => {
    const store = memoryStore();
    writeDraft(store, PLACE, draft());
    expect(readDraft(store, PLACE, NOW + 1000)).toEqual(draft());
  });

  test("belongs to one person, study, animal and kind", () => {
    const store = memoryStore();
    writeDraft(store, PLACE, draft());
    for (const other of [{ person: "ben" }, { study: "POM 2" }, { animal: "M2" }, { kind: "cbc" }]) {
      expect(readDraft(store, { ...PLACE, ...other }, NOW)).toBeNull();
    }
  });

  test("is gone once it was dropped, and after a week", () => {
    const store = memoryStore();
    writeDraft(store, PLACE, draft());
    expect(readDraft(store, PLACE, NOW + 8 * DAY)).toBeNull();
    writeDraft(store, PLACE, draft());
    dropDraft(store, PLACE);
    expect(readDraft(store, PLACE, NOW)).toBeNull();
  });

  test("that cannot be read is none", () => {
    const store = memoryStore();
    store.set(JSON.stringify(["doseline.draft.1", "ana", "POM 1", 'M"1', "weight"]), "{");
    expect(readDraft(store, PLACE, NOW)).toBeNull();
  });
});

test("what waits is listed for its person and study, oldest first", () => {
  const store = memoryStore();
  store.set("something else", "[]");
  writeDraft(store, PLACE, draft(NOW - 1000));
  writeDraft(store, { ...PLACE, animal: "M2" }, draft(NOW - 5000));
  writeDraft(store, { ...PLACE, person: "ben" }, draft());
  writeDraft(store, { ...PLACE, study: "POM 2" }, draft());
  writeDraft(store, { ...PLACE, animal: "M3" }, draft(NOW - 9 * DAY));
  expect(waitingDrafts(store, PLACE, NOW).map(({ place }) => place.animal)).toEqual(["M2", 'M"1']);
});
