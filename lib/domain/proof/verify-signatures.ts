import type { AuditFault } from "../trail/audit-fault";
import { differingKeys } from "../trail/canonical-json";
import type { ChainedEvent } from "../trail/chain";
import { namesOf, valueOf } from "./compare-entries";
import type { Proof } from "./proof";

type Document = Readonly<Record<string, unknown>>;

/** SHA-256 of a text in UTF-8, hexadecimal. */
export type TextHash = (text: string) => string;

/** A signature of the study, as its event says it, and whether what was signed is what the bundle holds. */
export type BundleSignature = {
  readonly kind: string;
  readonly subject: string;
  readonly meaning: string;
  /** As printed; null of one whose event does not say it. */
  readonly name: string | null;
  readonly email: string;
  readonly atMs: number;
  /** Why it no longer holds; null where it does. */
  readonly broken: string | null;
};

export type CheckedSignatures = {
  readonly faults: readonly Pick<AuditFault, "sequence" | "kind" | "what">[];
  readonly signatures: readonly BundleSignature[];
};

const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const objectOf = (value: unknown): Document => (isObject(value) ? value : {});

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

const listOf = (document: Document, key: string): readonly Document[] => {
  const list = document[key];
  return (Array.isArray(list) ? list : []).filter(isObject);
};

const without = (document: Document, key: string): Document =>
  Object.fromEntries(Object.entries(document).filter(([name]) => name !== key));

/** What is signed is hashed without its nulls: null and absent are one. */
const withoutNulls = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([key, member]) => [key, withoutNulls(member)]));
};

const differing = (left: Document, right: Document): readonly string[] =>
  differingKeys(withoutNulls(left), withoutNulls(right));

const NOT_CARRIED = "the bundle does not carry what was signed";

/** A version's settings; the dose groups are the study's, and stand beside them. */
const versionBroken = (document: Document, content: Document): string | null => {
  const settings = objectOf(content["settings"]);
  const version = listOf(document, "protocols").find((other) => other["version"] === content["version"]);
  if (version === undefined) return "that version is not in the bundle";
  const keys = differing(without(version, "groups"), without(settings, "groups"));
  return keys.length === 0 ? null : `that version says something else: ${namesOf(keys)} differ`;
};

/** An entry as it was signed, whatever its animal is called since, and not corrected or taken back. */
const entryBroken = (document: Document, content: Document): string | null => {
  const signed = objectOf(content["entry"]);
  const entries = listOf(document, "entries");
  const id = signed["id"];
  const entry = entries.find((other) => other["id"] === id);
  if (entry === undefined) return "the entry is not in the bundle";
  const keys = differing(without(entry, "animal"), without(signed, "animal"));
  if (keys.length > 0) return `the entry says something else: ${namesOf(keys)} differ`;
  const later = entries.find(({ corrects, voids }) => corrects === id || voids === id);
  if (later === undefined) return null;
  return `the entry was ${later["voids"] === id ? "voided" : "corrected"} by ${textOf(later["id"])}`;
};

/** What was complete is not, once something was recorded after it was signed. */
const lockBroken = (proof: Proof, { atMs }: ChainedEvent): string | null => {
  const later = proof.events.find((event) => event.entryId !== null && event.atMs > atMs);
  return later === undefined ? null : `entry ${later.entryId ?? ""} was recorded after it`;
};

const brokenBy = (document: Document, proof: Proof, event: ChainedEvent, content: Document): string | null => {
  const { subjectKind } = objectOf(valueOf(event.newValue));
  if (subjectKind === "protocol" || subjectKind === "amendment") return versionBroken(document, content);
  if (subjectKind === "order" || subjectKind === "override" || subjectKind === "deviation")
    return entryBroken(document, content);
  return subjectKind === "lock" ? lockBroken(proof, event) : null;
};

/**
 * The signatures of a bundle: each event that one was given with against the content that the proof carries of it, both
 * ways, and that content against what the bundle holds. A signature that was broken by a correction is no fault of the file.
 */
export const verifySignatures = (document: Document, proof: Proof, textHash: TextHash): CheckedSignatures => {
  const contents = new Map((proof.signatures ?? []).map(({ id, content }) => [id, content]));
  const faults: CheckedSignatures["faults"][number][] = [];
  const signatures: BundleSignature[] = [];
  const signed = new Set<string>();
  for (const event of proof.events) {
    if (event.kind !== "SIGNED" || event.subject === null) continue;
    signed.add(event.subject);
    const said = objectOf(valueOf(event.newValue));
    const content = contents.get(event.subject);
    const { sequence } = event;
    const name = `the content of signature ${event.subject}`;
    if (content === undefined && proof.signatures !== null)
      faults.push({ sequence, kind: "removed", what: `${name} was signed and is not there` });
    const isSigned = content !== undefined && textHash(content) === said["contentHash"];
    if (content !== undefined && !isSigned)
      faults.push({ sequence, kind: "changed", what: `${name} is not what was signed` });
    signatures.push({
      kind: textOf(said["subjectKind"]),
      subject: textOf(said["subject"]),
      meaning: textOf(said["meaning"]),
      name: typeof said["signerName"] === "string" ? said["signerName"] : null,
      email: event.actorText,
      atMs: event.atMs,
      broken: isSigned ? brokenBy(document, proof, event, objectOf(valueOf(content))) : NOT_CARRIED,
    });
  }
  for (const { id } of proof.signatures ?? []) {
    const what = `the content of signature ${id} is there, and no event recorded the signature`;
    if (!signed.has(id)) faults.push({ sequence: null, kind: "inserted", what });
  }
  return { faults, signatures };
};
