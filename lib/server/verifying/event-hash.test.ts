import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalEvent } from "@/lib/domain/trail/canonical";
import { linkHash } from "@/test/attacks/link-hash";
import { eventHash } from "./event-hash";

const text = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 120 }),
  fc.constantFrom("", "a", "é".repeat(99), "x".repeat(9999), "10⁹/L"),
);
const textOrNull = fc.option(text);
const hash = fc.stringMatching(/^[0-9a-f]{64}$/u);

const event = fc.record({
  chain: fc.constantFrom("animal:S:1", "animal:S:2", "study:naïve"),
  sequence: fc.integer({ min: 1, max: 10_000_000 }),
  atMs: fc.constantFrom(0, 9, 10, 999_999, 1_000_000, 1_767_603_600_000, 1_000_000_000_000, 253_402_300_799_999),
  kind: fc.constantFrom("ENTRY_RECORDED", "SIGNED"),
  actor: fc.option(fc.uuid()),
  actorText: text,
  roles: fc.constantFrom("", "technician"),
  origin: fc.constantFrom("session", "import"),
  address: textOrNull,
  entryId: textOrNull,
  subject: textOrNull,
  oldValue: textOrNull,
  newValue: fc.option(fc.oneof(text, fc.constant("⁹".repeat(30_000)))),
  reason: textOrNull,
  previousHash: hash,
  hash,
});

test("for any events in a row it is SHA-256 of the canonical form on the hash before", () => {
  fc.assert(
    fc.property(fc.array(event, { minLength: 1, maxLength: 6 }), (events) => {
      for (const one of [...events, ...events])
        expect(eventHash(one)).toBe(linkHash(one.previousHash, canonicalEvent(one)));
    }),
    { numRuns: 100 },
  );
});
