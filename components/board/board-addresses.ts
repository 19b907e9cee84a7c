/** Where a board's links lead. An order is offered only to those who may give one. */
export type BoardAddresses = {
  readonly board: string;
  readonly animal: (tag: string) => string;
  /** The animal's page with the decision of this entry explained. */
  readonly why: (tag: string, entry: string) => string;
  readonly order: (tag: string) => string | null;
};
