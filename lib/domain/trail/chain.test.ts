import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canonicalEvent, canonicalField, utf8Octets } from "./canonical";
import type { AuditContent } from "./canonical";
import { NO_HASH, verifyChain } from "./chain";
import type { ChainedEvent, LinkHash } from "./chain";

const sha256: LinkHash = (previous, canonical) =>
  createHash("sha256").update(previous, "hex").update(canonical, "utf8").digest("hex");

const anyText = fc.oneof(
  fc.string(),
  fc.string({ unit: "binary" }),
  fc.constantFrom("", "-,", "1:a,", "0:,", "10⁹/L", "🐁"),
);
const textOrNull = fc.option(anyText, { nil: null });

const content: fc.Arbitrary<Omit<AuditContent, "sequence">> = fc.record({
  chain: fc.constant("animal:S:1"),
  atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  kind: fc.constantFrom("ENTRY_RECORDED", "ANIMAL_CHANGED"),
  actor: fc.option(fc.uuid(), { nil: null }),
  actorText: anyText,
  roles: fc.constantFrom("", "technician", "technician,study_director"),
  origin: fc.constantFrom("session", "system"),
  address: textOrNull,
  entryId: textOrNull,
  subject: textOrNull,
  oldValue: textOrNull,
  newValue: textOrNull,
  reason: textOrNull,
});

const chained = (contents: readonly Omit<AuditContent, "sequence">[]): readonly ChainedEvent[] => {
  const events: ChainedEvent[] = [];
  for (const one of contents) {
    const event = { ...one, sequence: events.length + 1 };
    const previousHash = events.at(-1)?.hash ?? NO_HASH;
    events.push({ ...event, previousHash, hash: sha256(previousHash, canonicalEvent(event)) });
  }
  return events;
};

/** A chain, and places in it. */
const chainOf = (least: number) => fc.array(content, { minLength: least, maxLength: 12 }).map(chained);
const placed = fc
  .tuple(chainOf(3), fc.nat(), fc.nat())
  .map(([events, one, other]) => ({ events, at: one % events.length, to: other % events.length }));

const faults = (events: readonly ChainedEvent[], kept: readonly ChainedEvent[] = []) =>
  verifyChain(
    events,
    sha256,
    kept.map(({ sequence, hash }) => ({ sequence, hash })),
  );
const kinds = (events: readonly ChainedEvent[], kept: readonly ChainedEvent[] = []) => [
  ...new Set(faults(events, kept).map(({ kind }) => kind)),
];
const without = <Item>(items: readonly Item[], index: number): readonly Item[] => items.filter((_, at) => at !== index);
const rehashed = (event: ChainedEvent, previousHash = event.previousHash): ChainedEvent => ({
  ...event,
  previousHash,
  hash: sha256(previousHash, canonicalEvent(event)),
});
const nth = (events: readonly ChainedEvent[], index: number): ChainedEvent => {
  const event = events[index];
  if (event === undefined) throw new Error("outside of the chain");
  return event;
};

describe("the form that is hashed", () => {
  test("octets are those of UTF-8", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(utf8Octets(text)).toBe(Buffer.byteLength(text, "utf8"));
      }),
    );
    expect(utf8Octets("\ud800")).toBe(3);
  });

  test("a field is its octets and its text; nothing is not the empty text", () => {
    expect(["", "a", "10⁹/L", null, 12].map(canonicalField)).toEqual(["0:,", "1:a,", "7:10⁹/L,", "-,", "2:12,"]);
  });

  test("two different events never have one form", () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const forms = [one, other].map((event) => canonicalEvent({ ...event, sequence: 1 }));
        expect(forms[0] === forms[1]).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });
});

describe("a chain", () => {
  test("as it was written has no fault, nor with any of its heads", () => {
    fc.assert(
      fc.property(chainOf(0), (events) => {
        expect(faults(events)).toEqual([]);
        expect(faults(events, events)).toEqual([]);
      }),
    );
  });

  const changes: readonly (readonly [string, (event: ChainedEvent) => Partial<AuditContent>])[] = [
    ["value", ({ newValue }) => ({ newValue: `${newValue ?? ""}0` })],
    ["actor", ({ actorText }) => ({ actorText: `${actorText}x` })],
    ["instant", ({ atMs }) => ({ atMs: atMs + 1 })],
    ["reason", ({ reason }) => ({ reason: reason === null ? "" : null })],
    ["role", ({ roles }) => ({ roles: `${roles},auditor` })],
  ];
  test.each(changes)("whose event has another %s is named there, and nowhere else", (_name, change) => {
    fc.assert(
      fc.property(placed, ({ events, at }) => {
        const changed = events.map((event, index) => (index === at ? { ...event, ...change(event) } : event));
        expect(faults(changed)).toEqual([{ kind: "changed", sequence: at + 1 }]);
      }),
    );
  });

  test("whose changed event was hashed again is named there", () => {
    fc.assert(
      fc.property(placed, ({ events, at }) => {
        fc.pre(at < events.length - 1);
        const changed = events.map((event, index) =>
          index === at ? rehashed({ ...event, reason: `${event.reason ?? ""}!` }) : event,
        );
        expect(faults(changed)).toEqual([{ kind: "changed", sequence: at + 1 }]);
      }),
    );
  });

  test("that lacks an event: removed, or, at its end, truncated before the head that was kept", () => {
    fc.assert(
      fc.property(placed, ({ events, at }) => {
        const left = without(events, at);
        const atEnd = at === events.length - 1;
        expect(faults(left)).toEqual(atEnd ? [] : [{ kind: "removed", sequence: at + 1 }]);
        if (atEnd) expect(faults(left, events)).toEqual([{ kind: "truncated", sequence: events.length }]);
      }),
    );
  });

  test("that lacks an event, with those after it moved up, lacks it still", () => {
    fc.assert(
      fc.property(placed, ({ events, at }) => {
        fc.pre(at < events.length - 1);
        const left = without(events, at).map((event, index) => ({ ...event, sequence: index + 1 }));
        expect(faults(left)).toContainEqual({ kind: "removed", sequence: at + 1 });
      }),
    );
  });

  test("with an event between two others, well hashed, has it named", () => {
    fc.assert(
      fc.property(placed, content, ({ events, at }, forged) => {
        const before = at === 0 ? NO_HASH : nth(events, at - 1).hash;
        const one = { ...forged, sequence: at + 1, previousHash: before };
        const event = { ...one, hash: sha256(before, canonicalEvent(one)) };
        fc.pre(event.hash !== nth(events, at).hash);
        const after = events.slice(at).map((later) => ({ ...later, sequence: later.sequence + 1 }));
        expect(faults([...events.slice(0, at), event, ...after])).toEqual([{ kind: "inserted", sequence: at + 1 }]);
      }),
    );
  });

  test("with two events in each other's place is reordered", () => {
    fc.assert(
      fc.property(placed, ({ events, at, to }) => {
        fc.pre(at !== to);
        const swapped = events.map((event, index) => {
          const other = index === at ? nth(events, to) : index === to ? nth(events, at) : event;
          return { ...other, sequence: index + 1 };
        });
        expect(kinds(swapped)).toEqual(["reordered"]);
      }),
    );
  });

  test("that was hashed anew from a place on shows only where a head was kept", () => {
    fc.assert(
      fc.property(placed, ({ events, at }) => {
        const anew: ChainedEvent[] = [];
        for (const event of events) {
          const changed = anew.length === at ? { ...event, reason: `${event.reason ?? ""}!` } : event;
          anew.push(rehashed(changed, anew.at(-1)?.hash ?? NO_HASH));
        }
        expect(faults(anew)).toEqual([]);
        expect(faults(anew, events)).toEqual([{ kind: "rewritten", sequence: at + 1 }]);
        expect(faults(anew, events.slice(-1))).toEqual([{ kind: "rewritten", sequence: events.length }]);
      }),
    );
  });
});
