import { expect, test } from "vitest";
import { writeFault } from "../trail/audit-fault";
import { findBrokenLine } from "../trail/broken-line";
import { exactJson } from "../trail/canonical-json";
import { checkSignature, quickLinkHash, textHash } from "../../server/verifying/checkpoint-signatures";
import { PUBLIC_KEY, sealedBundle } from "../../../test/database/sealed-bundle";
import { verifyBundle } from "./verify-bundle";

const TEXT = sealedBundle();
const means = { hash: quickLinkHash, textHash, checkSignature, isTrusted: null };

const faultsOf = (document: unknown, isTrusted: ((key: string) => boolean) | null = null): readonly string[] => {
  const verified = verifyBundle(document as Readonly<Record<string, unknown>>, { ...means, isTrusted });
  if (verified === null) return ["no proof"];
  return verified.faults.map(writeFault);
};

type Bundle = {
  animals: Record<string, unknown>[];
  entries: Record<string, unknown>[];
  proof: {
    events: Record<string, unknown>[];
    checkpoints: Record<string, unknown>[];
    decisions: Record<string, Record<string, unknown>[]>;
    signatures: Record<string, unknown>[];
  };
};
const parsed = (): Bundle => JSON.parse(TEXT) as Bundle;

const after = (change: (bundle: Bundle) => void): readonly string[] => {
  const bundle = parsed();
  change(bundle);
  return faultsOf(bundle);
};

test("a bundle as it was exported has no fault, however its keys and white space are written", () => {
  const verified = verifyBundle(JSON.parse(TEXT) as Readonly<Record<string, unknown>>, means);
  expect(verified).toMatchObject({ faults: [], study: "S1", chains: 3, events: 10, entries: 5, checkpoints: 2 });
  expect(verified?.publicKey).toBe(PUBLIC_KEY);
  expect(faultsOf(JSON.parse(JSON.stringify(parsed(), null, 2)))).toEqual([]);
});

test("a bundle without a proof is told apart", () => {
  expect(verifyBundle({ format: "dose-history/1" }, means)).toBeNull();
});

test("who has to have signed is asked for", () => {
  expect(faultsOf(parsed(), (key) => key === PUBLIC_KEY)).toEqual([]);
  expect(faultsOf(parsed(), () => false)[0]).toBe(
    "S1: checkpoints: sequence 1: rewritten: checkpoint 1 is signed with another key",
  );
});

test("what was changed is named by its animal, place and kind", () => {
  expect(after(({ entries }) => Object.assign(entries[1] ?? {}, { grams: 23 }))).toEqual([
    "S1: animal M1: sequence 3: changed: entry M1-2 is not what was recorded: its grams differ",
  ]);
  expect(after(({ proof }) => Object.assign(proof.events[3] ?? {}, { actorText: "eve@example.org" }))).toEqual([
    "S1: animal M1: sequence 2: changed: the event is not what was hashed",
  ]);
  expect(after(({ entries }) => entries.splice(3, 1))).toEqual([
    "S1: animal M2: sequence 3: removed: entry M2-2 was recorded and is not there",
  ]);
  expect(after(({ animals }) => Object.assign(animals[1] ?? {}, { sex: "M" }))).toEqual([
    "S1: animal M2: changed: is not what was exported",
  ]);
  expect(after(({ proof }) => proof.events.splice(6, 1))[0]).toBe(
    "S1: animal M2: sequence 3: truncated: the chain ends before an event that a checkpoint names",
  );
  expect(after(({ entries }) => entries.push({ ...entries[0], id: "M1-9" }))).toEqual([
    "S1: animal M1: inserted: entry M1-9 is there, and no event recorded it",
  ]);
  expect(after((bundle) => Object.assign(bundle, { entries: bundle.entries.toReversed() }))).toEqual([
    "S1: the entries: changed: is not what was exported",
  ]);
});

test("every decision is recomputed", () => {
  const changed = after(({ proof }) => Object.assign(proof.decisions["M1"]?.[0] ?? {}, { toDose: "3" }));
  expect(changed).toEqual([
    "S1: animal M1: sequence 4: decision differs: START at entry M1-3 does not follow from the log",
    "S1: animal M1: sequence 4: decision differs: START at entry M1-3 follows from the log and is not there",
  ]);
  const removed = after(({ proof }) => {
    proof.decisions["M1"] = [];
  });
  expect(removed).toEqual([
    "S1: animal M1: sequence 4: decision differs: START at entry M1-3 follows from the log and is not there",
  ]);
  const twice = after(({ proof }) => proof.decisions["M1"]?.push(...proof.decisions["M1"]));
  expect(twice).toEqual(["S1: animal M1: decision differs: a decision is there twice"]);
  const unnamed = after(({ proof }) => {
    proof.decisions = { M1: proof.decisions["M1"] ?? [], M3: [] };
  });
  expect(unnamed).toEqual([
    "S1: animal M3: decision differs: its decisions are there, and it is not in the study",
    "S1: animal M2: decision differs: its decisions are not there",
  ]);
});

const standing = (change: (bundle: Bundle) => void): readonly (string | null)[] => {
  const bundle = parsed();
  change(bundle);
  return verifyBundle(bundle, means)?.signatures.map(({ broken }) => broken) ?? [];
};

test("the signatures: whose, as what, and whether what was signed is what the bundle holds", () => {
  const { signatures } = verifyBundle(JSON.parse(TEXT) as Readonly<Record<string, unknown>>, means) ?? {};
  expect(signatures).toMatchObject([
    { kind: "protocol", subject: "1", meaning: "APPROVED", name: "Dora", email: "ana@example.org", broken: null },
    { kind: "deviation", subject: "M1-3", meaning: "ACCEPTED", broken: null },
  ]);
  expect(
    standing((bundle) =>
      Object.assign(bundle, { protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 2] }] }),
    )[0],
  ).toBe("that version says something else: its doseLevels differ");
  expect(standing(({ entries }) => Object.assign(entries[4] ?? {}, { amount: 3 }))[1]).toBe(
    "the entry says something else: its amount differ",
  );
  expect(standing(({ entries }) => entries.push({ id: "v", animal: "M1", voids: "M1-3" }))[1]).toBe(
    "the entry was voided by v",
  );
  expect(standing(({ entries }) => entries.splice(4, 1))[1]).toBe("the entry is not in the bundle");
});

test("what was signed is bound to the event that it was signed with, both ways", () => {
  const SECOND = "S1: sequence 3: ";
  expect(after(({ proof }) => Object.assign(proof.signatures[1] ?? {}, { content: "{}" }))).toContain(
    `${SECOND}changed: the content of signature 0a000000-0000-4000-8000-000000000002 is not what was signed`,
  );
  expect(after(({ proof }) => proof.signatures.pop())).toContain(
    `${SECOND}removed: the content of signature 0a000000-0000-4000-8000-000000000002 was signed and is not there`,
  );
  expect(after(({ proof }) => proof.signatures.push({ id: "x", content: "{}" }))[0]).toBe(
    "S1: inserted: the content of signature x is there, and no event recorded the signature",
  );
  expect(after((bundle) => Reflect.deleteProperty(bundle.proof, "signatures"))).toEqual([
    "S1: the signatures: removed: was exported and is not there",
  ]);
});

test("what is added to a proof, an event or a checkpoint is found as well", () => {
  for (const change of [
    ({ proof }: Bundle) => Object.assign(proof, { more: 1 }),
    ({ proof }: Bundle) => Object.assign(proof.events[0] ?? {}, { more: 1 }),
    ({ proof }: Bundle) => Object.assign(proof.checkpoints[0] ?? {}, { more: 1 }),
    (bundle: Bundle) => Object.assign(bundle, { more: 1 }),
  ])
    expect(after(change).length).toBeGreaterThan(0);
});

const readOrNull = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

/** A hash and a signature are changed at every ninth of their digits, everything else at each. */
const places = (bytes: Buffer): readonly number[] => {
  const text = bytes.toString("latin1");
  const isOfHash = new Set(
    [...text.matchAll(/[0-9a-f]{64,}/gu)].flatMap(({ index, 0: found }) =>
      Array.from(found, (_, at) => index + at).filter((at) => at % 9 !== 0),
    ),
  );
  return Array.from(bytes, (_, at) => at).filter((at) => !isOfHash.has(at));
};

/** Whatever a byte of the file is changed to, the file is no JSON any more, says the same, or is found wrong. */
test("one byte changed anywhere", () => {
  const exact = exactJson(JSON.parse(TEXT));
  const bytes = Buffer.from(TEXT);
  const missed: string[] = [];
  let said = 0;
  for (const at of places(bytes)) {
    const byte = bytes[at] ?? 0;
    bytes[at] = byte ^ (at % 5 === 0 ? 0x20 : 1);
    const text = bytes.toString("utf8");
    const document = readOrNull(text);
    if (document === null) expect(findBrokenLine(text).what).toContain("is not JSON");
    else if (exactJson(document) !== exact) {
      said += 1;
      const [first = "nothing"] = faultsOf(document);
      if (["nothing", "no proof"].includes(first)) missed.push(bytes.toString("utf8", Math.max(0, at - 40), at + 40));
    }
    bytes[at] = byte;
  }
  expect(missed).toEqual([]);
  expect(said).toBeGreaterThan(1000);
});
