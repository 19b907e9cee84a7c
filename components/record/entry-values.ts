import * as z from "zod";
import { REASON_CODE_NAMES } from "@/lib/contracts/entries/reason-codes";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { type Analyte, ANALYTES } from "@/lib/domain/record/analytes";
import { ORDER_ACTIONS, OUTCOMES } from "@/lib/domain/record/kinds";

/**
 * What stands in an entry form. The names are those of the entry document, so that whatever the contract or the server
 * says about `neutrophils.text` is said about the field of that name; blanks are only taken out on the way. It is a
 * schema, because a draft comes back from the device's store as anything.
 */
const measuredValue = z.object({
  text: z.string(),
  unit: z.string(),
  qualifier: z.enum(["", "<", ">"]),
  /** Why there is no value; empty while there is one to come. */
  notDone: z.string(),
  /** What was read first, where the value was unlikely and is read again. */
  firstReading: z.string(),
});
export type MeasuredValue = z.output<typeof measuredValue>;

const signValue = z.object({ category: z.string(), text: z.string(), severity: z.string() });
export type SignValue = z.output<typeof signValue>;

/** The grade is chosen after the term: null until then. */
const findingValue = z.object({ term: z.string(), grade: z.int().nullable() });

const measuredValues = z.object(
  Object.fromEntries(ANALYTES.map(({ field }) => [field, measuredValue])) as Record<Analyte, typeof measuredValue>,
);

const entryValues = measuredValues.extend({
  /** As a field for date and time holds it; empty: the moment of saving. */
  observedAt: z.string(),
  /** In the hour that clocks repeat: the second of the two. */
  later: z.boolean(),
  comment: z.string(),
  signs: z.array(signValue),
  skin: z.object({ exfoliation: z.boolean(), bullae: z.boolean() }),
  findings: z.array(findingValue),
  /** Somebody looked for findings and there were none. */
  noFindings: z.boolean(),
  amount: z.object({ text: z.string() }),
  /** Why a dose was not given, or an observation not made; empty where it was. */
  notDone: z.object({ amount: z.string(), observation: z.string() }),
  deviation: z.object({ reason: z.string() }),
  action: z.enum(["", ...ORDER_ACTIONS]),
  dose: z.string(),
  reason: z.string(),
  /** Of a correction, why; an entry that stands by itself has none. */
  reasonCode: z.enum(["", ...REASON_CODE_NAMES]),
  outcome: z.enum(["", ...OUTCOMES]),
});
export type EntryValues = z.output<typeof entryValues>;

/** A draft's values; null where another version of this page wrote them. */
export const readValues = (values: unknown): EntryValues | null => entryValues.safeParse(values).data ?? null;

/** The five that are looked at in every observation, from a look from afar to a look at the skin. */
export const SIGN_CATEGORIES = ["Appetite", "Activity", "Grooming", "Posture", "Skin"] as const;
export type SignCategory = (typeof SIGN_CATEGORIES)[number];

export const NORMAL = "Normal";

const blankMeasured = (unit: string): MeasuredValue => ({
  text: "",
  unit,
  qualifier: "",
  notDone: "",
  firstReading: "",
});

/** An empty form. `unitOf` tells in which unit each field begins. */
export const blankValues = (unitOf: (field: Analyte) => string): EntryValues => ({
  ...(Object.fromEntries(ANALYTES.map(({ field }) => [field, blankMeasured(unitOf(field))])) as Record<
    Analyte,
    MeasuredValue
  >),
  observedAt: "",
  later: false,
  comment: "",
  signs: SIGN_CATEGORIES.map((category) => ({ category, text: "", severity: "" })),
  skin: { exfoliation: false, bullae: false },
  findings: [],
  noFindings: false,
  amount: { text: "" },
  notDone: { amount: "", observation: "" },
  deviation: { reason: "" },
  action: "",
  dose: "",
  reason: "",
  reasonCode: "",
  outcome: "",
});

const isBlankMeasured = ({ text, notDone, firstReading }: MeasuredValue): boolean =>
  text.trim() === "" && notDone === "" && firstReading === "";

const isBlankObservation = ({ signs, findings, noFindings, skin, notDone }: EntryValues): boolean =>
  notDone.observation === "" &&
  !noFindings &&
  !skin.exfoliation &&
  !skin.bullae &&
  findings.length === 0 &&
  signs.every(({ text }) => text.trim() === "");

/** Whether nothing has been entered yet, so that leaving the form loses nothing and saving it would say nothing. */
export const isBlank = (kind: EntryKind, values: EntryValues): boolean => {
  if (ANALYTES.some((field) => field.kind === kind && !isBlankMeasured(values[field.field]))) return false;
  switch (kind) {
    case "weight":
    case "cbc":
    case "lft":
      return true;
    case "observation":
      return isBlankObservation(values);
    case "dose":
      return values.amount.text.trim() === "" && values.notDone.amount === "";
    case "order":
      return values.action === "";
    case "disposition":
      return values.outcome === "";
  }
};
