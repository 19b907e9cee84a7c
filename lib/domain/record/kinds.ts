/** The kinds of entry, in the order in which they are offered. A void is none: it takes a record out. */
export const ENTRY_KINDS = ["weight", "cbc", "lft", "observation", "dose", "order", "disposition"] as const;

/** Those that carry measured values; they alone can be recorded before a protocol is signed. */
export const MEASURED_KINDS = ["weight", "cbc", "lft", "observation"] as const;
export type MeasuredKind = (typeof MEASURED_KINDS)[number];

const MEASURED: ReadonlySet<string> = new Set(MEASURED_KINDS);
export const isMeasuredKind = (kind: string): kind is MeasuredKind => MEASURED.has(kind);

/** Those that are one sample with many results. */
export type SampleKind = "cbc" | "lft";

export const ORDER_ACTIONS = ["WITHHOLD", "RESUME", "SET_DOSE", "DISCONTINUE"] as const;
export type OrderAction = (typeof ORDER_ACTIONS)[number];

export const OUTCOMES = ["DIED", "EUTHANIZED", "REMOVED"] as const;

/** An order that names a dose. */
export const setsDose = (action: string): action is "RESUME" | "SET_DOSE" =>
  action === "RESUME" || action === "SET_DOSE";
