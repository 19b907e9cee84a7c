import { type Meaning, meaningsOf, type SubjectKind } from "../signatures/signing";

/** What a signature means, in the words that are printed beside the signer's name (21 CFR 11.50). */
const MEANING_WORDS: Readonly<Record<Meaning, string>> = {
  APPROVED: "Approved",
  ORDERED: "Order authorized",
  CONFIRMED: "Earlier order confirmed",
  DECIDED_AGAINST_RULES: "Override authorized",
  ACCEPTED: "Reviewed; reason accepted",
  FOLLOW_UP: "Reviewed; follow-up required",
  REVIEWED: "Reviewed; decision as stated",
  DATA_COMPLETE: "Data complete and accurate",
  REOPENED: "Unlocked for the stated reason",
  ARCHIVED: "Study completed and archived",
};

export const meaningText = (meaning: Meaning): string => MEANING_WORDS[meaning];

/** The meanings that a signature of a kind may have, as a list to choose from. */
export const meaningChoices = (kind: SubjectKind): readonly { readonly value: Meaning; readonly label: string }[] =>
  meaningsOf(kind).map((value) => ({ value, label: meaningText(value) }));

const SUBJECT_WORDS: Readonly<Record<SubjectKind, string>> = {
  protocol: "Protocol",
  amendment: "Amendment",
  order: "Order",
  override: "Override",
  deviation: "Dosing deviation",
  review: "Review of a correction",
  lock: "Lock",
  unlock: "Unlock",
  archive: "Archive",
  audit_review: "Review of the audit trail",
};

export const subjectWord = (kind: SubjectKind): string => SUBJECT_WORDS[kind];
