/**
 * What can be signed. An `override` is an order against what the rules say; a `deviation` is a dose that was not the
 * dose in force.
 */
export const SUBJECT_KINDS = [
  "protocol",
  "amendment",
  "order",
  "override",
  "deviation",
  "review",
  "lock",
  "unlock",
  "archive",
  "audit_review",
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

/** What a signature can mean; the words are in lib/domain/language. */
export const ALL_MEANINGS = [
  "APPROVED",
  "ORDERED",
  "CONFIRMED",
  "DECIDED_AGAINST_RULES",
  "ACCEPTED",
  "FOLLOW_UP",
  "REVIEWED",
  "DATA_COMPLETE",
  "REOPENED",
  "ARCHIVED",
] as const;
export type Meaning = (typeof ALL_MEANINGS)[number];

/** The meanings that a signature of each kind may be given, the usual one first. */
const MEANINGS_OF = {
  protocol: ["APPROVED"],
  amendment: ["APPROVED"],
  order: ["ORDERED", "CONFIRMED"],
  override: ["DECIDED_AGAINST_RULES", "CONFIRMED"],
  deviation: ["ACCEPTED", "FOLLOW_UP"],
  review: ["REVIEWED", "FOLLOW_UP"],
  lock: ["DATA_COMPLETE"],
  unlock: ["REOPENED"],
  archive: ["ARCHIVED"],
  audit_review: ["REVIEWED", "FOLLOW_UP"],
} as const satisfies Readonly<Record<SubjectKind, readonly [Meaning, ...Meaning[]]>>;

export const meaningsOf = (kind: SubjectKind): readonly [Meaning, ...Meaning[]] => MEANINGS_OF[kind];

/** Whether a signature of this kind can have this meaning. */
export const canMean = (kind: SubjectKind, meaning: Meaning): boolean => meaningsOf(kind).includes(meaning);

type OrderAction = "WITHHOLD" | "RESUME" | "SET_DOSE" | "DISCONTINUE";

/** Orders that change what an animal gets for the riskier or for good: a director's, and signed. A hold is anybody's. */
export const needsSignature = (action: OrderAction): boolean => action !== "WITHHOLD";

/**
 * The kind of an order's signature. To resume as the rules propose is an order; to resume otherwise, or to set a dose,
 * is to decide against them.
 */
export const orderKind = (order: {
  readonly action: OrderAction;
  /** Whether the rules proposed to resume at this very dose when it was ordered. */
  readonly asProposed: boolean;
}): "order" | "override" => {
  if (order.action === "SET_DOSE") return "override";
  return order.action === "RESUME" && !order.asProposed ? "override" : "order";
};
