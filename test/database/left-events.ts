import { connection } from "@/lib/server/db/connection";

/** An event as somebody reads it. */
export type LeftEvent = {
  readonly kind: string;
  readonly actor: string;
  readonly roles: string;
  readonly origin: string;
  readonly address: string | null;
  readonly subject: string | null;
  readonly entry: string | null;
  readonly old: unknown;
  readonly value: unknown;
  readonly reason: string | null;
  readonly chain: string;
};

/** The number of the transaction that an event was written in; `created_in` also has when it began. */
const NUMBER = "split_part(created_in, '@', 1)::xid8";

const EVENTS = `SELECT kind, actor_text AS actor, roles, origin, address, subject, entry_id AS entry, old_value::jsonb AS old, new_value::jsonb AS value,
  reason, chain FROM audit_events`;

/** The events that some work leaves, in the order of their time. */
export const eventsOf = async (work: () => Promise<unknown>): Promise<readonly LeftEvent[]> => {
  const [mark] = await connection.query<{ xid: string }>({ text: "SELECT pg_current_xact_id()::text AS xid" });
  await work();
  return connection.query<LeftEvent>({
    text: `${EVENTS} WHERE ${NUMBER} > $1::xid8 ORDER BY ${NUMBER}, at, chain, sequence`,
    values: [mark?.xid],
  });
};

export const kindsOf = (events: readonly LeftEvent[]): readonly string[] => events.map(({ kind }) => kind);
