import type { FieldFault } from "@/lib/contracts/problem";
import { isAnalyte, analyteRow } from "@/lib/domain/record/analytes";

const LABELS: Readonly<Record<string, string>> = {
  observedAt: "The time",
  comment: "The comment",
  signs: "A sign",
  skin: "Skin",
  findings: "A finding",
  amount: "The amount",
  notDone: "The reason not done",
  deviation: "The reason",
  action: "The order",
  dose: "The dose",
  reason: "The reason",
  reasonCode: "What was wrong",
  corrects: "The entry",
  voids: "The entry",
  outcome: "What happened",
  animal: "The animal",
  kind: "This entry",
  id: "The entry",
  $: "The entry",
};

/** What a form calls the field at a path of the document. */
const labelOfPath = (path: string): string => {
  const [head = "$"] = path.split(/[.[]/u);
  if (isAnalyte(head)) return analyteRow(head).label;
  return LABELS[head] ?? "The entry";
};

const CHANGED = "This entry has been corrected or voided since it was opened here. What you typed is kept.";

/** A fault as a sentence: the contract's messages go on from the field's name ("is missing: type the weight"). */
export const faultSentence = ({ path, code, message }: FieldFault): string => {
  // The message names entries by their ids, for programs.
  if (code === "ENTRY_CHANGED") return CHANGED;
  const said = /^\p{Ll}/u.test(message) ? `${labelOfPath(path)} ${message}` : message;
  return /[.?!]$/u.test(said) ? said : `${said}.`;
};
