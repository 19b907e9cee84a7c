import { describe, expect, test } from "vitest";
import type { ChainedEvent } from "../trail/chain";
import { compareEntries } from "./compare-entries";

const event = (sequence: number, kind: string, newValue: object, entryId: string | null = null): ChainedEvent => ({
  chain: "animal:S:1",
  sequence,
  atMs: 0,
  kind,
  actor: null,
  actorText: "system",
  roles: "",
  origin: "system",
  address: null,
  entryId,
  subject: null,
  oldValue: null,
  newValue: JSON.stringify(newValue),
  reason: null,
  previousHash: "",
  hash: "",
});

const entry = (id: string, animal: string, grams = 22) => ({ id, animal, kind: "weight", grams });

/** Registered under a wrong tag, put right after the first entry. */
const RETAGGED: readonly ChainedEvent[] = [
  event(1, "ANIMAL_REGISTERED", { id: "M01" }),
  event(2, "ENTRY_RECORDED", entry("a", "M01"), "a"),
  event(3, "ANIMAL_CHANGED", { id: "M10" }),
  event(4, "ENTRY_RECORDED", entry("b", "M10"), "b"),
];

const compare = (...entries: readonly ReturnType<typeof entry>[]) =>
  compareEntries(RETAGGED, new Map(entries.map((one) => [one.id, one])), new Set(), false);

describe("an animal whose wrong tag was put right", () => {
  test("has entries as they were recorded, under the tag that it has now", () => {
    expect(compare(entry("a", "M10"), entry("b", "M10"))).toEqual([]);
  });

  test.each([
    ["another animal's tag", entry("a", "M77"), "its animal differ"],
    ["the old tag after the change", entry("b", "M01"), "its animal differ"],
    ["another value", entry("a", "M10", 23), "its grams differ"],
  ])("%s is found", (_name, changed, words) => {
    const others = [entry("a", "M10"), entry("b", "M10")].filter(({ id }) => id !== changed.id);
    expect(compare(changed, ...others)).toMatchObject([{ kind: "changed", what: expect.stringContaining(words) }]);
  });
});
