import { DEVIATION_WORDS, kindNoun, ORDER_WORDS } from "./code-words";
import type { SubjectKind } from "../signatures/signing";

type Content = Readonly<Record<string, unknown>>;

const asContent = (value: unknown): Content =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Content) : {};

const textIn = (content: Content, key: string): string | null => {
  const value = Object.hasOwn(content, key) ? content[key] : undefined;
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : null;
};

const amountOf = (content: Content, key: "dose" | "amount"): string | null => {
  const value = textIn(asContent(content["entry"]), key);
  return value === null ? null : [value, textIn(content, "doseUnit")].filter((part) => part !== null).join(" ");
};

const orderWords = (content: Content): string => {
  const entry = asContent(content["entry"]);
  const action = textIn(entry, "action") ?? "";
  const dose = amountOf(content, "dose");
  const words = (ORDER_WORDS as Readonly<Record<string, string>>)[action] ?? action;
  if (dose === null) return words;
  return action === "SET_DOSE" ? `${words} to ${dose}` : `${words} at ${dose}`;
};

/** A deviation's code in words; one that this version does not know is said as it is. */
const deviationWord = (code: unknown): string =>
  (DEVIATION_WORDS as Readonly<Record<string, string>>)[String(code)] ?? String(code);

const deviationWords = (content: Content): string => {
  const codes: readonly unknown[] = Array.isArray(content["deviations"]) ? content["deviations"] : [];
  return `${amountOf(content, "amount") ?? "a dose"} given: ${codes.map(deviationWord).join("; ")}`;
};

const recordWords = (content: Content): string => {
  const record = asContent(content["record"]);
  return `${textIn(record, "animals") ?? "0"} animals, ${textIn(record, "entries") ?? "0"} entries`;
};

const CAUSES: Readonly<Record<string, string>> = {
  correction: "corrected",
  void: "voided",
  late: "recorded late",
};

/** "CBC corrected: hold kept, count repeated tomorrow". */
const reviewWords = (content: Content): string | null => {
  const review = asContent(content["review"]);
  const kind = textIn(review, "kind");
  const decision = textIn(content, "decision");
  if (kind === null || decision === null) return null;
  const cause = textIn(asContent(review["impact"]), "cause") ?? "";
  return `${kindNoun(kind)} ${CAUSES[cause] ?? "changed"}: ${decision}`;
};

const exceptionWords = ({ items }: Content): string | null => {
  if (!Array.isArray(items)) return null;
  return items.length === 1 ? "1 exception" : `${String(items.length)} exceptions`;
};

/** What was signed, as one line; the animal is shown before it. */
export type ContentWords = {
  readonly animal: string | null;
  readonly says: string;
  /** The reason, as the signer or orderer wrote it. */
  readonly reason: string | null;
};

const saysOf = (kind: SubjectKind, subject: string, content: Content): string => {
  switch (kind) {
    case "order":
    case "override":
      return orderWords(content);
    case "deviation":
      return deviationWords(content);
    case "protocol":
    case "amendment":
      return `version ${subject}`;
    case "lock":
    case "unlock":
    case "archive":
      return recordWords(content);
    case "review":
      return reviewWords(content) ?? subject;
    case "audit_review":
      return exceptionWords(content) ?? subject;
  }
};

/** Reads what was signed for people. Never fails: what is not there is not said. */
export const contentWords = (kind: SubjectKind, subject: string, signed: unknown): ContentWords => {
  const content = asContent(signed);
  const entry = asContent(content["entry"]);
  const ofDeviation = kind === "deviation" ? textIn(asContent(entry["deviation"]), "reason") : null;
  return {
    animal: textIn(entry, "animal") ?? textIn(asContent(content["review"]), "animal") ?? textIn(content, "animal"),
    says: saysOf(kind, subject, content),
    reason: ofDeviation ?? textIn(entry, "reason") ?? textIn(content, "reason") ?? textIn(content, "note"),
  };
};
