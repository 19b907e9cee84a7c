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

/** What a signature stands for, in the words that are printed beside the name. */
const MEANINGS = {
  APPROVED: "Approved, and in force as it says",
  ORDERED: "Ordered, and responsible for it",
  CONFIRMED: "Ordered earlier; confirmed now, and responsible for it",
  DECIDED_AGAINST_RULES: "Decided against what the rules say, and responsible for it",
  ACCEPTED: "Read, and the reason given accepted",
  FOLLOW_UP: "Read; it is to be followed up",
  REVIEWED: "Reviewed, and decided as it says",
  DATA_COMPLETE: "The data are complete and true to what was observed",
  REOPENED: "Opened again for the reason given",
  ARCHIVED: "Finished; to be kept and no longer changed",
} as const;
export type Meaning = keyof typeof MEANINGS;

export const ALL_MEANINGS = Object.keys(MEANINGS) as readonly Meaning[];

export const meaningText = (meaning: Meaning): string => MEANINGS[meaning];

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

/** The same as a list to choose from. */
export const meaningChoices = (kind: SubjectKind): readonly { readonly value: Meaning; readonly label: string }[] =>
  meaningsOf(kind).map((value) => ({ value, label: meaningText(value) }));

/** Whether somebody can mean this by signing that. */
export const canMean = (kind: SubjectKind, meaning: Meaning): boolean => meaningsOf(kind).includes(meaning);

const SUBJECT_WORDS: Readonly<Record<SubjectKind, string>> = {
  protocol: "Protocol",
  amendment: "Amendment",
  order: "Order",
  override: "Order against the rules",
  deviation: "Dose off protocol",
  review: "Review of a correction",
  lock: "Lock",
  unlock: "Unlock",
  archive: "Archive",
  audit_review: "Review of the audit trail",
};

export const subjectWord = (kind: SubjectKind): string => SUBJECT_WORDS[kind];

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
