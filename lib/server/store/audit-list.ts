import "server-only";
import type { AuditPlaceInTrail } from "@/lib/contracts/audit";
import { msOf } from "./read-log";
import type { Snapshot } from "@/lib/server/db/stream-rows";
import type { Statement, Transaction } from "@/lib/server/db/transaction";

export type AuditRow = {
  readonly chain: string;
  readonly sequence: string;
  readonly atMs: number;
  readonly kind: string;
  readonly actor: string;
  readonly roles: string;
  readonly origin: string;
  readonly address: string | null;
  readonly animal: string | null;
  readonly entry: string | null;
  readonly subject: string | null;
  readonly oldValue: string | null;
  readonly newValue: string | null;
  readonly reason: string | null;
  /** Hexadecimal. */
  readonly hash: string;
};

/** Which events; bounds in ms since 1970: at or after, and before. */
export type AuditAsked = {
  /** Null: what belongs to no study. */
  readonly studyId: number | null;
  /** The chain of one animal. */
  readonly animalChain: string | null;
  readonly person: { readonly userId: string } | { readonly text: string } | null;
  readonly kind: string | null;
  readonly fromMs: number | null;
  readonly untilMs: number | null;
};

const COLUMNS = `e.chain, e.sequence::text AS sequence, ${msOf("e.at")} AS "atMs", e.kind, e.actor_text AS actor, e.roles, e.origin,
  e.address, (SELECT tag FROM animals a WHERE (a.study_id, a.id) = (e.study_id, e.animal_id)) AS animal, e.entry_id AS entry, e.subject,
  e.old_value AS "oldValue", e.new_value AS "newValue", e.reason, encode(e.hash, 'hex') AS hash`;

type Condition = { readonly text: (parameter: string) => string; readonly value: unknown };

const instant = (parameter: string): string => `to_timestamp(${parameter}::numeric / 1000)`;

const personCondition = (person: NonNullable<AuditAsked["person"]>): Condition =>
  "userId" in person
    ? { text: (parameter) => `e.actor = ${parameter}::uuid`, value: person.userId }
    : { text: (parameter) => `e.actor IS NULL AND e.actor_text = ${parameter}`, value: person.text };

const conditionsOf = (asked: AuditAsked): readonly Condition[] => {
  const { studyId, animalChain, person, kind, fromMs, untilMs } = asked;
  return [
    ...(studyId === null ? [] : [{ text: (parameter: string) => `e.study_id = ${parameter}`, value: studyId }]),
    ...(animalChain === null ? [] : [{ text: (parameter: string) => `e.chain = ${parameter}`, value: animalChain }]),
    ...(person === null ? [] : [personCondition(person)]),
    ...(kind === null ? [] : [{ text: (parameter: string) => `e.kind = ${parameter}`, value: kind }]),
    ...(fromMs === null ? [] : [{ text: (parameter: string) => `e.at >= ${instant(parameter)}`, value: fromMs }]),
    ...(untilMs === null ? [] : [{ text: (parameter: string) => `e.at < ${instant(parameter)}`, value: untilMs }]),
  ];
};

/** Beside which event a page begins: on the way to earlier ones, or to later ones. */
export type AuditStart = { readonly place: AuditPlaceInTrail; readonly towards: "earlier" | "later" };

type Bounded = { readonly start: AuditStart | null; readonly limit: number | null };

const whereOf = (
  asked: AuditAsked,
  start: AuditStart | null,
): { readonly text: string; readonly values: unknown[] } => {
  const conditions = conditionsOf(asked);
  const values = conditions.map(({ value }) => value);
  const texts = conditions.map(({ text }, index) => text(`$${String(index + 1)}`));
  if (asked.studyId === null) texts.push("e.study_id IS NULL");
  const next = (value: unknown): string => `$${String(values.push(value))}`;
  if (start !== null) {
    const { place, towards } = start;
    const compare = towards === "earlier" ? "<" : ">";
    texts.push(
      asked.animalChain === null
        ? `(e.at, e.chain, e.sequence) ${compare} (${instant(next(place.atMs))}, ${next(place.chain)}, ${next(place.sequence)}::bigint)`
        : `e.sequence ${compare} ${next(place.sequence)}::bigint`,
    );
  }
  return { text: texts.join(" AND "), values };
};

/**
 * The one query behind screen and file, the latest event first; on the way to later ones the earliest first. A page begins
 * beside an event, and never counts what came before it: the last page costs what the first one does. Within one chain the
 * sequence is the order of time.
 */
const auditStatement = (asked: AuditAsked, { start, limit }: Bounded): Statement => {
  const { text, values } = whereOf(asked, start);
  const way = start?.towards === "later" ? "ASC" : "DESC";
  const order = asked.animalChain === null ? `e.at ${way}, e.chain ${way}, e.sequence ${way}` : `e.sequence ${way}`;
  return {
    text: `SELECT ${COLUMNS} FROM audit_events e WHERE ${text} ORDER BY ${order}${limit === null ? "" : ` LIMIT ${String(limit)}`}`,
    values,
  };
};

/** A page of events. */
export const auditRows = (on: Transaction, asked: AuditAsked, bounded: Bounded): Promise<readonly AuditRow[]> =>
  on.query<AuditRow>(auditStatement(asked, bounded));

/** Every event that fits, in parts. */
export const allAuditRows = (snapshot: Snapshot, asked: AuditAsked) =>
  snapshot.parts<AuditRow>(auditStatement(asked, { start: null, limit: null }));

/** How many events fit, counted no further than to a limit. */
export const countAuditRows = async (on: Transaction, asked: AuditAsked, limit: number): Promise<number> => {
  const { text, values } = whereOf(asked, null);
  const [row] = await on.query<{ readonly count: number }>({
    text: `SELECT count(*)::int AS count FROM (SELECT FROM audit_events e WHERE ${text} LIMIT ${String(limit)}) AS counted`,
    values,
  });
  return row?.count ?? 0;
};
