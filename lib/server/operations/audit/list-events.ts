import "server-only";
import { readAuditCursor, writeAuditCursor } from "@/lib/contracts/audit";
import type { AuditEvent, AuditFilters, AuditPage } from "@/lib/contracts/audit";
import type { Refusal } from "@/lib/contracts/problem";
import { writeInstant } from "@/lib/domain/entries/instant";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { auditStatement } from "@/lib/server/db/audit-list";
import type { AuditRow } from "@/lib/server/db/audit-list";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/kernel/actor";
import { askedEvents } from "./asked-events";
import { auditedPlace } from "./audited-place";
import type { AuditedPlace } from "./audited-place";

const EVENTS_ON_A_PAGE = 50;

const eventOf = ({ atMs, ...row }: AuditRow): AuditEvent => ({ ...row, at: writeInstant(atMs) });

/** A page of a trail, the latest event first; `code` null for that of accounts and the installation. */
export const listEvents = async (
  actor: Actor,
  code: string | null,
  { after, ...filters }: AuditFilters & { readonly after?: string | undefined },
): Promise<Result<AuditPage & { readonly place: AuditedPlace }, Refusal>> => {
  const place = await auditedPlace(actor, code);
  if (!place.ok) return place;
  const asked = await askedEvents(connection, place.value, filters);
  const start = after === undefined ? null : readAuditCursor(after);
  const rows = await connection.query<AuditRow>(auditStatement(asked, { after: start, limit: EVENTS_ON_A_PAGE + 1 }));
  const shown = rows.slice(0, EVENTS_ON_A_PAGE);
  const last = shown.at(-1);
  return ok({
    place: place.value,
    events: shown.map(eventOf),
    next: rows.length > EVENTS_ON_A_PAGE && last !== undefined ? writeAuditCursor(last) : null,
  });
};

/** The same as the API gives it. */
export const auditPageOf = async (...asked: Parameters<typeof listEvents>): Promise<Result<AuditPage, Refusal>> => {
  const page = await listEvents(...asked);
  return page.ok ? ok({ events: page.value.events, next: page.value.next }) : page;
};
