import type { FaultKind } from "../trail/audit-fault";
import type { AuditContent } from "../trail/canonical";
import type { ChainedEvent } from "../trail/chain";
import type { KeptEvent } from "../rules/event-key";
import { readCheckpoint } from "./checkpoint";
import type { Checkpoint } from "./checkpoint";

export const PROOF_FORMAT = "doseline-proof/1";

/** What an exported bundle carries under its key "proof": its chains, its checkpoints, and a seal over its content. */
export type Proof = {
  readonly installation: string;
  /** The code of the study in the installation, which the chains and checkpoints are named after. */
  readonly study: string;
  readonly checkpoints: readonly Checkpoint[];
  readonly events: readonly ChainedEvent[];
  /** The decisions that stood when it was exported, by animal; a replay of the bundle comes to the same. */
  readonly decisions: ReadonlyMap<string, readonly KeptEvent[]>;
  /** What each signature signed; null in a bundle from before proofs carried it. */
  readonly signatures: readonly SignedContent[] | null;
  readonly seal: Seal;
};

/** The id of a signature, and its content as it was read and hashed: JSON, to the octet. */
export type SignedContent = { readonly id: string; readonly content: string };

/** What the exporter signed (`bundleSealHash`), with the key of the last checkpoint. */
export type Seal = {
  /** One line for each part of the bundle (`writeContent`). */
  readonly content: string;
  /** One JSON line [chain, sequence, hash] for the end of each chain. */
  readonly heads: string;
  readonly signature: string;
};

type Document = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const hasOnly = (document: Document, keys: ReadonlySet<string>): boolean =>
  Object.keys(document).length === keys.size && Object.keys(document).every((key) => keys.has(key));

const TEXTS = ["chain", "kind", "actorText", "roles", "origin", "previousHash", "hash"] as const;
const TEXTS_OR_NULL = ["actor", "address", "entryId", "subject", "oldValue", "newValue", "reason"] as const;
const NUMBERS = ["sequence", "atMs"] as const;
const EVENT_KEYS: ReadonlySet<string> = new Set<keyof ChainedEvent>([...TEXTS, ...TEXTS_OR_NULL, ...NUMBERS]);

const readEvent = (document: unknown): ChainedEvent | null => {
  if (!isObject(document) || !hasOnly(document, EVENT_KEYS)) return null;
  const isWhole =
    TEXTS.every((key) => typeof document[key] === "string") &&
    TEXTS_OR_NULL.every((key) => document[key] === null || typeof document[key] === "string") &&
    NUMBERS.every((key) => Number.isSafeInteger(document[key]));
  return isWhole ? (document as ChainedEvent) : null;
};

/** An event as a proof has it, its keys in this order. */
export const eventDocument = (event: ChainedEvent): ChainedEvent => {
  const content: AuditContent = {
    chain: event.chain,
    sequence: event.sequence,
    atMs: event.atMs,
    kind: event.kind,
    actor: event.actor,
    actorText: event.actorText,
    roles: event.roles,
    origin: event.origin,
    address: event.address,
    entryId: event.entryId,
    subject: event.subject,
    oldValue: event.oldValue,
    newValue: event.newValue,
    reason: event.reason,
  };
  return { ...content, previousHash: event.previousHash, hash: event.hash };
};

const DECISION_TEXTS = ["at", "entry", "action", "fromDose", "toDose"] as const;
const DECISION_KEYS: ReadonlySet<string> = new Set<keyof KeptEvent>([...DECISION_TEXTS, "rules", "toxicities"]);
const TOXICITY_KEYS: ReadonlySet<string> = new Set(["term", "grade"]);

/** A decision as a proof has it, its keys in this order. */
export const decisionDocument = ({ at, entry, action, rules, fromDose, toDose, toxicities }: KeptEvent): KeptEvent => ({
  at,
  entry,
  action,
  rules,
  fromDose,
  toDose,
  toxicities: toxicities.map(({ term, grade }) => ({ term, grade })),
});

const readSignedContent = (document: unknown): SignedContent | null => {
  if (!isObject(document) || !hasOnly(document, new Set(["id", "content"]))) return null;
  const { id, content } = document;
  return typeof id === "string" && typeof content === "string" ? { id, content } : null;
};

const readSeal = (document: unknown): Seal | null => {
  if (!isObject(document) || !hasOnly(document, new Set(["content", "heads", "signature"]))) return null;
  const { content, heads, signature } = document;
  if (typeof content !== "string" || typeof heads !== "string" || typeof signature !== "string") return null;
  return { content, heads, signature };
};

const isDecision = (document: unknown): document is KeptEvent =>
  isObject(document) &&
  hasOnly(document, DECISION_KEYS) &&
  DECISION_TEXTS.every((key) => typeof document[key] === "string") &&
  Array.isArray(document["rules"]) &&
  Array.isArray(document["toxicities"]) &&
  document["toxicities"].every((toxicity) => isObject(toxicity) && hasOnly(toxicity, TOXICITY_KEYS));

const readDecisions = (
  document: unknown,
  changed: (path: string, what: string) => void,
): ReadonlyMap<string, readonly KeptEvent[]> => {
  if (!isObject(document)) changed("proof.decisions", "does not name the animals");
  const lists = Object.entries(isObject(document) ? document : {});
  return new Map(
    lists.map(([animal, list]) => {
      const decisions: readonly unknown[] = Array.isArray(list) ? list : [null];
      if (!decisions.every(isDecision)) changed(`proof.decisions.${animal}`, "are not decisions");
      return [animal, decisions.filter(isDecision)];
    }),
  );
};

export type ProofFault = { readonly path: string; readonly kind: FaultKind; readonly what: string };

const PROOF_KEYS: ReadonlySet<string> = new Set([
  "format",
  "installation",
  "study",
  "checkpoints",
  "events",
  "decisions",
  "signatures",
  "seal",
]);

/** The proof of a bundle, and what of it is not as any proof is: that is left out of it. Null: there is nothing to check. */
export const readProof = (
  document: unknown,
): { readonly proof: Proof | null; readonly faults: readonly ProofFault[] } => {
  const faults: ProofFault[] = [];
  const changed = (path: string, what: string): void => {
    faults.push({ path, kind: "changed", what });
  };
  if (!isObject(document)) return { proof: null, faults: [{ path: "proof", kind: "changed", what: "is no proof" }] };
  const { format, installation, study, checkpoints, events, decisions, signatures, seal } = document;
  if (format !== PROOF_FORMAT) changed("proof.format", `is not ${PROOF_FORMAT}`);
  for (const key of Object.keys(document)) if (!PROOF_KEYS.has(key)) changed(`proof.${key}`, "is not part of a proof");
  const items = <Item>(key: string, list: unknown, read: (item: unknown) => Item | null): readonly Item[] => {
    if (!Array.isArray(list)) changed(`proof.${key}`, "is no list");
    const given: readonly unknown[] = Array.isArray(list) ? list : [];
    return given.flatMap((item, index) => {
      const value = read(item);
      if (value === null) changed(`proof.${key}[${String(index)}]`, "does not have the keys and values that it has to");
      return value === null ? [] : [value];
    });
  };
  const readSealed = readSeal(seal);
  if (readSealed === null) changed("proof.seal", "does not have the keys and values that it has to");
  if (typeof installation !== "string") changed("proof.installation", "is no text");
  if (typeof study !== "string") changed("proof.study", "is no text");
  return {
    proof: {
      installation: typeof installation === "string" ? installation : "",
      study: typeof study === "string" ? study : "",
      checkpoints: items("checkpoints", checkpoints, readCheckpoint),
      events: items("events", events, readEvent),
      decisions: readDecisions(decisions, changed),
      signatures: signatures === undefined ? null : items("signatures", signatures, readSignedContent),
      seal: readSealed ?? { content: "", heads: "", signature: "" },
    },
    faults,
  };
};
