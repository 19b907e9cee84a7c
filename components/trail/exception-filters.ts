import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { EXCEPTION_KINDS, type ExceptionKind, type ReviewStanding } from "@/lib/domain/trail/exceptions";

export const EXCEPTION_KIND_LIST = Object.keys(EXCEPTION_KINDS) as readonly ExceptionKind[];

/** What is shown: what is left to do, or one standing, or all. */
export const SHOWN = {
  todo: "To review or follow up",
  "follow-up": "To be followed up",
  reviewed: "Reviewed",
  all: "All",
} as const;
export type Shown = keyof typeof SHOWN;

export type ExceptionFilters = {
  readonly kind: ExceptionKind | null;
  readonly animal: string | null;
  readonly show: Shown;
};

export type ReadExceptionFilters = ExceptionFilters & {
  /** The key of the exception that the page begins after; null for the gravest. */
  readonly after: string | null;
  /** What of the address was not understood, for people. */
  readonly faults: readonly string[];
};

const oneOf = <Choice extends string>(choices: readonly Choice[], text: string): Choice | null =>
  choices.find((choice) => choice === text) ?? null;

export const readExceptionFilters = (query: AddressQuery): ReadExceptionFilters => {
  const faults: string[] = [];
  const read = <Choice extends string>(key: string, choices: readonly Choice[]): Choice | null => {
    const text = queryText(query, key);
    const choice = text === null ? null : oneOf(choices, text);
    if (text !== null && choice === null)
      faults.push(`“${text}” is no ${key} of this list: it is one of ${choices.join(", ")}.`);
    return choice;
  };
  return {
    kind: read("kind", EXCEPTION_KIND_LIST),
    show: read("show", Object.keys(SHOWN) as readonly Shown[]) ?? "todo",
    animal: queryText(query, "animal"),
    after: queryText(query, "after"),
    faults,
  };
};

/** "" or "?kind=LATE&show=all&after=…": the address of a page of these exceptions. */
export const exceptionQueryText = ({ kind, animal, show }: ExceptionFilters, after: string | null = null): string => {
  const query = new URLSearchParams();
  if (kind !== null) query.set("kind", kind);
  if (animal !== null) query.set("animal", animal);
  if (show !== "todo") query.set("show", show);
  if (after !== null) query.set("after", after);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
};

type Filtered = {
  readonly key: string;
  readonly kind: ExceptionKind;
  readonly animal: string | null;
  readonly standing: ReviewStanding;
};

const fits = ({ kind, animal, show }: ExceptionFilters, exception: Filtered): boolean =>
  (kind === null || exception.kind === kind) &&
  (animal === null || exception.animal === animal) &&
  (show === "all" || (show === "todo" ? exception.standing !== "reviewed" : exception.standing === show));

export type ExceptionPage<Item> = {
  readonly items: readonly Item[];
  readonly total: number;
  /** The place of the first of them, counted from 1. */
  readonly first: number;
  /** Each null where there is none; `previous` "" for the first page. */
  readonly previous: string | null;
  readonly next: string | null;
};

/**
 * A page of what fits, in the order of rank. It begins after an exception, which need not fit itself: what is reviewed
 * meanwhile moves nothing.
 */
export const pageOfExceptions = <Item extends Filtered>(
  exceptions: readonly Item[],
  filters: ReadExceptionFilters,
  size: number,
): ExceptionPage<Item> => {
  const start = exceptions.findIndex(({ key }) => key === filters.after) + 1;
  const before = exceptions.slice(0, start).filter((exception) => fits(filters, exception));
  const from = exceptions.slice(start).filter((exception) => fits(filters, exception));
  const items = from.slice(0, size);
  return {
    items,
    total: before.length + from.length,
    first: before.length + 1,
    previous: before.length === 0 ? null : (before.at(-size - 1)?.key ?? ""),
    next: from.length > size ? (items.at(-1)?.key ?? null) : null,
  };
};
