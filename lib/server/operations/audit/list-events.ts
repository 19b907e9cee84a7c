import "server-only";
import { readAuditCursor, writeAuditCursor } from "@/lib/contracts/audit";
import type { AuditEvent, AuditFilters, AuditPage, AuditQuery } from "@/lib/contracts/audit";
import type { Refusal } from "@/lib/contracts/problem";
import { writeInstant } from "@/lib/domain/time/instant";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { latestCheckpoint } from "@/lib/server/verifying/latest-checkpoint";
import { auditRows, countAuditRows } from "@/lib/server/store/audit-list";
import type { AuditAsked, AuditRow, AuditStart } from "@/lib/server/store/audit-list";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { askedEvents } from "./asked-events";
import { auditedPlace } from "./audited-place";
import type { AuditedPlace } from "./audited-place";

const EVENTS_ON_A_PAGE = 50;
/** Counted on is slow where there are many, and what fits no page is narrowed down, not counted. */
const MOST_COUNTED = 10_000;

const eventOf = ({ atMs, ...row }: AuditRow): AuditEvent => ({ ...row, at: writeInstant(atMs) });

const startOf = ({ after, before }: Pick<AuditQuery, "after" | "before">): AuditStart | null => {
  const place = readAuditCursor(after ?? before ?? "");
  return place === null ? null : { place, towards: after === undefined ? "later" : "earlier" };
};

/** The rows of a page and what lies beside them. Too few on the way to later ones: the first page holds them, and is whole. */
const readPage = async (asked: AuditAsked, start: AuditStart | null): Promise<AuditPage> => {
  const found = await auditRows(connection, asked, { start, limit: EVENTS_ON_A_PAGE + 1 });
  const isMore = found.length > EVENTS_ON_A_PAGE;
  const isUpwards = start?.towards === "later";
  if (isUpwards && !isMore) return readPage(asked, null);
  const shown = found.slice(0, EVENTS_ON_A_PAGE);
  const rows = isUpwards ? shown.toReversed() : shown;
  const [first, last] = [rows.at(0), rows.at(-1)];
  return {
    events: rows.map(eventOf),
    previous: start !== null && first !== undefined ? writeAuditCursor(first) : null,
    next: (isUpwards || isMore) && last !== undefined ? writeAuditCursor(last) : null,
  };
};

type Asked = { readonly place: AuditedPlace; readonly asked: AuditAsked };

const askedOf = async (actor: Actor, code: string | null, filters: AuditFilters): Promise<Result<Asked, Refusal>> => {
  const place = await auditedPlace(actor, code);
  if (!place.ok) return place;
  return ok({ place: place.value, asked: await askedEvents(connection, place.value, filters) });
};

/** A page of a trail, the latest event first; `code` null for that of accounts and the installation. */
export const listEvents = async (
  actor: Actor,
  code: string | null,
  { after, before, ...filters }: AuditQuery,
): Promise<Result<AuditPage, Refusal>> => {
  const read = await askedOf(actor, code, filters);
  return read.ok ? ok(await readPage(read.value.asked, startOf({ after, before }))) : read;
};

export type CountedPage = {
  readonly page: AuditPage;
  readonly place: AuditedPlace;
  /** How many events fit the filters; null for more than are counted. */
  readonly count: number | null;
  /** The latest of this trail's, to be printed with the page. */
  readonly checkpoint: string;
};

/** The same as a screen shows it: with how many events there are of these, and on whose clock. */
export const countedEvents = async (
  actor: Actor,
  code: string | null,
  { after, before, ...filters }: AuditQuery,
): Promise<Result<CountedPage, Refusal>> => {
  const read = await askedOf(actor, code, filters);
  if (!read.ok) return read;
  const { place, asked } = read.value;
  const [page, count, checkpoint] = await Promise.all([
    readPage(asked, startOf({ after, before })),
    countAuditRows(connection, asked, MOST_COUNTED + 1),
    latestCheckpoint(place.study?.id ?? null),
  ]);
  return ok({ page, place, checkpoint, count: count > MOST_COUNTED ? null : count });
};
