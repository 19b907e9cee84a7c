import type { AuditFault } from "../trail/audit-fault";
import { byChain, chainFaults, chainFaultWords } from "./verify-chains";
import { animalChain, studyChain } from "../trail/chain";
import type { ChainedEvent, ChainHead } from "../trail/chain";
import { bundleSealHash, readHeads } from "./checkpoint";
import { compareEntries, forgedEnd, valueOf } from "./compare-entries";
import { PROOF_FORMAT, readProof } from "./proof";
import type { Proof } from "./proof";
import { contentFaults } from "./verify-content";
import { decisionFaults } from "./verify-decisions";
import { headsByChain, verifyCheckpoints } from "./verify-checkpoints";
import type { CheckpointMeans } from "./verify-checkpoints";
import { verifySignatures } from "./verify-signatures";
import type { BundleSignature, TextHash } from "./verify-signatures";

/** How a bundle is checked. */
export type BundleMeans = CheckpointMeans & { readonly textHash: TextHash };

export type VerifiedBundle = {
  readonly study: string;
  readonly faults: readonly AuditFault[];
  readonly chains: number;
  readonly events: number;
  readonly entries: number;
  readonly checkpoints: number;
  /** Every signature given in the study, in their order, and whether it still holds. */
  readonly signatures: readonly BundleSignature[];
  /** The raw public key that sealed the bundle; null where there is none. */
  readonly publicKey: string | null;
};

type Document = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const listOf = (document: Document, key: string): readonly unknown[] => {
  const list = Object.hasOwn(document, key) ? document[key] : null;
  return Array.isArray(list) ? list : [];
};

const textOf = (document: unknown, key: string): string | null => {
  const value = isObject(document) && Object.hasOwn(document, key) ? document[key] : null;
  return typeof value === "string" ? value : null;
};

/** The tag of an animal's chain, as its latest event says it. */
const tagOf = (events: readonly ChainedEvent[]): string | null => {
  for (const { kind, newValue, entryId } of events.toReversed()) {
    if (entryId !== null || !kind.startsWith("ANIMAL_")) continue;
    const tag = textOf(valueOf(newValue), "id");
    if (tag !== null) return tag;
  }
  for (const { newValue, entryId } of events) {
    const tag = entryId === null ? null : textOf(valueOf(newValue), "animal");
    if (tag !== null) return tag;
  }
  return null;
};

const animalName = (tag: string | null): string => (tag === null ? "an animal" : `animal ${tag}`);

type Chain = { readonly name: string; readonly subject: string | null; readonly events: readonly ChainedEvent[] };

/** The chains that there are events of, and those of which there are only heads. */
const chainsOf = (proof: Proof, heads: Iterable<string>): readonly Chain[] => {
  const chains = byChain(proof.events);
  return [...new Set([...chains.keys(), ...heads])].map((name) => {
    const events = chains.get(name) ?? [];
    const isStudy = name === studyChain(proof.study);
    const isForeign = !isStudy && !name.startsWith(animalChain(proof.study, 0).slice(0, -1));
    return { name, subject: isStudy ? null : isForeign ? `chain ${name}` : animalName(tagOf(events)), events };
  });
};

const named =
  (study: string, subject: string | null) =>
  ({ sequence, kind, what }: Pick<AuditFault, "sequence" | "kind" | "what">): AuditFault => ({
    study,
    subject,
    sequence,
    kind,
    what,
  });

/** Every chain, with the entries that its events recorded. */
const chainsFaults = (
  proof: Proof,
  heads: ReadonlyMap<string, readonly ChainHead[]>,
  { document, means }: { readonly document: Document; readonly means: CheckpointMeans },
): readonly AuditFault[] => {
  const entries = new Map(listOf(document, "entries").map((entry) => [textOf(entry, "id") ?? "", entry]));
  const recorded = new Set(proof.events.map(({ entryId }) => entryId));
  const faults = chainsOf(proof, heads.keys()).flatMap(({ name, subject, events }) => {
    const broken = chainFaults(events, means.hash, heads.get(name) ?? [], means.eventHash);
    const ofChain = new Map(
      events.flatMap(({ entryId }) => (entryId === null ? [] : [[entryId, entries.get(entryId)]])),
    );
    const present = new Map([...ofChain].filter(([, entry]) => entry !== undefined));
    const known = new Set(broken.map(({ sequence }) => sequence));
    return [
      ...forgedEnd(
        broken.map((fault) => ({ ...fault, what: chainFaultWords(fault) })),
        events,
        present,
      ),
      ...compareEntries(events, present, known, false),
    ].map(named(proof.study, subject));
  });
  const isShort = faults.some(({ kind }) => kind === "removed" || kind === "truncated");
  const unrecorded = [...entries].filter(([id]) => !recorded.has(id));
  return [
    ...faults,
    ...unrecorded.flatMap(([id, entry]) =>
      compareEntries([], new Map([[id, entry]]), new Set(), isShort).map(
        named(proof.study, animalName(textOf(entry, "animal"))),
      ),
    ),
  ];
};

/** Whether the seal is what the exporter signed; its heads and content are only worth something then. */
const isSealed = (proof: Proof, { hash, checkSignature }: CheckpointMeans): boolean => {
  const last = proof.checkpoints.at(-1);
  if (last === undefined) return false;
  const sealed = bundleSealHash(
    { installation: proof.installation, study: proof.study, content: proof.seal.content, heads: proof.seal.heads },
    last.hash,
    hash,
  );
  return checkSignature(last.publicKey, sealed, proof.seal.signature);
};

const foreignCheckpoints = (proof: Proof): readonly AuditFault[] =>
  proof.checkpoints
    .filter(({ study, installation }) => study !== proof.study || installation !== proof.installation)
    .map(({ number }) =>
      named(
        proof.study,
        "checkpoints",
      )({
        sequence: number,
        kind: "inserted",
        what: `checkpoint ${String(number)} is of another study`,
      }),
    );

const nothingChecked = (study: string, faults: readonly AuditFault[]): VerifiedBundle => ({
  study,
  faults,
  chains: 0,
  events: 0,
  entries: 0,
  checkpoints: 0,
  signatures: [],
  publicKey: null,
});

/** A proof under another key than its own: somebody's change, or somebody's attempt to have no proof looked at. */
const misnamedProof = (document: Document): VerifiedBundle | null => {
  const key = Object.keys(document).find((name) => textOf(document[name], "format") === PROOF_FORMAT);
  if (key === undefined) return null;
  const study = textOf(document["study"], "code") ?? "";
  return nothingChecked(study, [
    named(study, "the bundle")({ sequence: null, kind: "changed", what: `its proof stands under the key ${key}` }),
  ]);
};

/** Checks a bundle with its proof against itself; null where it carries none. */
export const verifyBundle = (document: Document, means: BundleMeans): VerifiedBundle | null => {
  if (!Object.hasOwn(document, "proof")) return misnamedProof(document);
  const read = readProof(document["proof"]);
  const ofBundle = textOf(document["study"], "code") ?? "";
  if (read.proof === null) {
    const faults = read.faults.map(({ path, kind, what }) => named(ofBundle, path)({ sequence: null, kind, what }));
    return nothingChecked(ofBundle, faults);
  }
  const { proof } = read;
  const at = named.bind(null, proof.study);
  const checkpoints = verifyCheckpoints(proof.checkpoints, means);
  const sealed = isSealed(proof, means);
  const ends = sealed ? (readHeads(proof.seal.heads) ?? []) : [];
  const heads = headsByChain([...checkpoints.heads, ...ends]);
  const chains = chainsFaults(proof, heads, { document, means });
  const signed = verifySignatures(document, proof, means.textHash);
  const content = contentFaults(document, proof.seal.content, means.hash);
  const faults = [
    ...read.faults.map(({ path, kind, what }) => at(path)({ sequence: null, kind, what })),
    ...checkpoints.faults.map(at("checkpoints")),
    ...foreignCheckpoints(proof),
    ...(sealed
      ? []
      : [
          at("the seal of the bundle")({
            sequence: null,
            kind: "changed",
            what: "its signature is not that of what it holds",
          }),
        ]),
    ...chains,
    ...signed.faults.map(at(null)),
    ...decisionFaults(document, proof).map(({ animal, ...fault }) => at(animalName(animal))(fault)),
    ...content
      .filter(({ isEntries }) => !isEntries || chains.length === 0)
      .map(({ subject, ...fault }) => at(subject)(fault)),
  ];
  return {
    study: proof.study,
    faults,
    chains: byChain(proof.events).size,
    events: proof.events.length,
    entries: listOf(document, "entries").length,
    checkpoints: proof.checkpoints.length,
    signatures: signed.signatures,
    publicKey: proof.checkpoints.at(-1)?.publicKey ?? null,
  };
};
