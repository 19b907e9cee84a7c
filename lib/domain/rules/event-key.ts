import type { DoseEvent } from "./history";

/** An event as it is kept or carried: the contract's fields, doses as decimal text. */
export type KeptEvent = {
  /** When its entry was observed, as written. */
  readonly at: string;
  readonly entry: string;
  readonly action: string;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly { readonly term: string; readonly grade: number }[];
};

/** The key of a kept event, equal to `eventKey` of the event that it was made from. */
export const keptEventKey = ({ at, entry, action, rules, fromDose, toDose, toxicities }: KeptEvent): string =>
  JSON.stringify([at, entry, action, rules, fromDose, toDose, toxicities.map(({ term, grade }) => [term, grade])]);

/** An event of a replay as it is kept. */
export const keptEvent = ({ at, entry, action, rules, fromDose, toDose, toxicities }: DoseEvent) => ({
  at: at.text,
  entry,
  action,
  rules,
  fromDose: fromDose.toFixed(),
  toDose: toDose.toFixed(),
  toxicities,
});

/** Two events are one where everything that the contract says of them is equal. */
export const eventKey = (event: DoseEvent): string => keptEventKey(keptEvent(event));
