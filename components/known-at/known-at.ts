import { type AddressQuery, queryText } from "@/lib/contracts/address-query";
import { localDateText, localInstantText } from "@/lib/domain/time/local-time";
import { instantsOfLocalTime, localTimeTyped, offsetTextAt } from "@/lib/domain/time/typed-local-time";
import { parseInstant, writeInstant } from "@/lib/domain/time/instant";

/** Which knowledge a page shows: all of it, or what had been recorded by an instant. */
export type KnownAt = {
  readonly atMs: number | null;
  /** ISO 8601 in UTC, as addresses and files have it; null for now. */
  readonly text: string | null;
  readonly fault: string | null;
};

const LOCAL = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(?::(\d{2})(?:\.(\d{1,3}))?)?$/u;

/** A plus of an address stands for a blank: one that was not escaped was meant as the sign of an offset. */
const instantOfAddress = (text: string): number | null =>
  parseInstant(text.replace(/ (?=\d{2}:\d{2}$)/u, "+"))?.ms ?? null;

/** A date and time on the study's clock, as a field gives it: to the minute, the second or the millisecond. */
const instantOfField = (text: string, timeZone: string): number | null => {
  const [, minute = "", seconds = "0", fraction = "0"] = LOCAL.exec(text) ?? [];
  if (Number(seconds) > 59) return null;
  const minuteMs = instantsOfLocalTime(minute, timeZone).at(-1);
  return minuteMs === undefined ? null : minuteMs + Number(seconds) * 1000 + Number(fraction.padEnd(3, "0"));
};

/**
 * Reads an instant of an address: ISO 8601, or date and time on the study's clock as a field gives them. In the hour that
 * clocks repeat it is the later one: everything recorded in either is known then.
 */
const readInstant = (text: string, timeZone: string): number | null =>
  instantOfAddress(text) ?? instantOfField(text, timeZone);

const notATime = (text: string, timeZone: string): string =>
  `“${text}” is no date and time on the clock of ${timeZone}. Type one like 2026-03-03T16:30.`;

const toCome = (ms: number, timeZone: string): string =>
  `${instantWords(ms, timeZone)} is still to come: what will be known then nobody knows yet.`;

/** Reads `asKnownAt`, which is not after now. */
export const readKnownAt = (query: AddressQuery, timeZone: string, nowMs: number): KnownAt => {
  const text = queryText(query, "asKnownAt");
  if (text === null) return { atMs: null, text: null, fault: null };
  const atMs = readInstant(text, timeZone);
  if (atMs !== null && atMs <= nowMs) return { atMs, text: writeInstant(atMs), fault: null };
  const fault = atMs === null ? notATime(text, timeZone) : toCome(atMs, timeZone);
  return { atMs: null, text: null, fault: `${fault} What is shown is known now.` };
};

/** "2026-03-03T14:05", with seconds where they are not 0: what a field for date and time holds. */
export const fieldText = (ms: number, timeZone: string): string =>
  localInstantText(ms, timeZone)
    .slice(0, 23)
    .replace(/\.000$/u, "")
    .replace(/(T\d{2}:\d{2}):00$/u, "$1");

/** The step of a field that holds this text: what is typed is to the minute, what an address asks may be finer. */
export const fieldStep = (text: string): string => (text.includes(".") ? "0.001" : text.length > 16 ? "1" : "60");

/**
 * "3 Mar 2026, 14:05 Asia/Kolkata"; an instant within a minute is said to the millisecond, and one of the hour that clocks
 * repeat with its offset.
 */
export const instantWords = (ms: number, timeZone: string): string => {
  const isTwice = instantsOfLocalTime(localTimeTyped(ms, timeZone), timeZone).length > 1;
  const zone = isTwice ? `${timeZone}, UTC${offsetTextAt(ms, timeZone).replace("-", "−")}` : timeZone;
  return `${localDateText(ms, timeZone)}, ${fieldText(ms, timeZone).slice(11)} ${zone}`;
};

/** Two instants to be compared, as an address names them. */
export type Instants = {
  /** As it was typed; null where blank. */
  readonly from: string | null;
  readonly to: string | null;
  readonly fromMs: number | null;
  /** Null: now. */
  readonly toMs: number | null;
  readonly faults: { readonly from?: string; readonly to?: string };
};

/** Reads `from` and `to`; the later one comes second, whichever way round they stand. */
export const readInstants = (query: AddressQuery, timeZone: string, nowMs: number): Instants => {
  const [from, to] = [queryText(query, "from"), queryText(query, "to")];
  const read = (text: string | null): number | null => (text === null ? null : readInstant(text, timeZone));
  const faultOf = (text: string | null, ms: number | null): string | null => {
    if (text === null) return null;
    if (ms === null) return notATime(text, timeZone);
    return ms > nowMs ? toCome(ms, timeZone) : null;
  };
  const [typedFrom, typedTo] = [read(from), read(to)];
  const [fromFault, toFault] = [faultOf(from, typedFrom), faultOf(to, typedTo)];
  const faults = { ...(fromFault === null ? {} : { from: fromFault }), ...(toFault === null ? {} : { to: toFault }) };
  const [fromMs, toMs] = [fromFault === null ? typedFrom : null, toFault === null ? typedTo : null];
  return fromMs !== null && toMs !== null && fromMs > toMs
    ? { from: to, to: from, fromMs: toMs, toMs: fromMs, faults }
    : { from, to, fromMs, toMs, faults };
};
