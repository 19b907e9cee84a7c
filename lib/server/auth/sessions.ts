import "server-only";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Transaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { appendAudit, auditedBy } from "@/lib/server/command/audit";
import { AUDITS_EVERY_STUDY } from "./audits-every-study";

/** A session ends so long after it was opened, whatever happens in it: a working day. */
export const SESSION_SECONDS = 12 * 60 * 60;
/** And so long after it was last used. */
const IDLE_SECONDS = 2 * 60 * 60;
/** The last use is noted no more often than this, so that reading stays reading. */
const NOTE_SECONDS = 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type SessionRow = Omit<Actor, "userId" | "via"> & { readonly id: string; readonly unnoted: boolean };

type Opened = Pick<Actor, "email" | "name" | "administrator" | "auditor"> & { readonly id: string };

/**
 * Opens a session and gives its id, which only travels inside the encrypted cookie. Null for a disabled account.
 * `address` is where the person signed in from.
 */
export const openSession = (
  userId: string,
  userAgent: string | null,
  address: string | null = null,
): Promise<string | null> =>
  inTransaction(database(), async (transaction) => {
    const [opened] = await transaction.query<Opened>({
      text: `
    WITH account AS (SELECT * FROM users WHERE id = $3::uuid AND disabled_at IS NULL), opened AS (
      INSERT INTO sessions (user_id, session_epoch, expires_at, user_agent)
      SELECT id, session_epoch, clock_timestamp() + make_interval(secs => $1), $2 FROM account
      RETURNING id)
    SELECT opened.id::text, account.email, account.name, account.administrator, account.auditor FROM opened, account`,
      values: [SESSION_SECONDS, userAgent?.slice(0, 300) ?? null, userId],
    });
    if (opened === undefined) return { keep: false, value: null };
    const by = auditedBy({ ...opened, userId, via: "session", address });
    await appendAudit(transaction, by, [{ ...onAccount(userId), kind: "SIGNED_IN", subject: opened.email }]);
    return { keep: true, value: opened.id };
  });

/**
 * Who has this session; null as soon as it was revoked, the account disabled, its password or standing changed, or
 * too much time has passed. Asked anew at every request.
 */
export const actorOfSession = async (sessionId: string): Promise<Actor | null> => {
  if (!UUID.test(sessionId)) return null;
  const {
    rows: [row],
  } = await database().pool.query<SessionRow>(
    `
    SELECT users.id::text, users.email, users.name, users.administrator, ${AUDITS_EVERY_STUDY} AS auditor,
           sessions.last_seen_at < clock_timestamp() - make_interval(secs => $1) AS unnoted
    FROM sessions JOIN users ON users.id = sessions.user_id
    WHERE sessions.id = $2::uuid
      AND sessions.revoked_at IS NULL
      AND sessions.expires_at > clock_timestamp()
      AND sessions.last_seen_at > clock_timestamp() - make_interval(secs => $3)
      AND sessions.session_epoch = users.session_epoch
      AND users.disabled_at IS NULL`,
    [NOTE_SECONDS, sessionId, IDLE_SECONDS],
  );
  if (row === undefined) return null;
  if (row.unnoted)
    await database().pool.query(`UPDATE sessions SET last_seen_at = clock_timestamp() WHERE id = $1::uuid`, [
      sessionId,
    ]);
  const { id, email, name, administrator, auditor } = row;
  return { userId: id, email, name, administrator, auditor, via: "session" };
};

type Closed = Omit<Actor, "via">;

export const revokeSession = async (sessionId: string, address: string | null): Promise<void> => {
  if (!UUID.test(sessionId)) return;
  await inTransaction(database(), async (transaction) => {
    const [closed] = await transaction.query<Closed>({
      text: `UPDATE sessions SET revoked_at = clock_timestamp() FROM users
       WHERE sessions.id = $1::uuid AND revoked_at IS NULL AND users.id = sessions.user_id
       RETURNING users.id::text AS "userId", users.email, users.name, users.administrator, users.auditor`,
      values: [sessionId],
    });
    if (closed === undefined) return { keep: false, value: undefined };
    const by = auditedBy({ ...closed, via: "session", address });
    await appendAudit(transaction, by, [{ ...onAccount(closed.userId), kind: "SIGNED_OUT", subject: closed.email }]);
    return { keep: true, value: undefined };
  });
};

/** Ends all that is open in the name of an account: its sessions by their epoch, and its personal tokens. */
export const endEverything = async (transaction: Transaction, userId: string): Promise<void> => {
  await transaction.query({
    text: `UPDATE users SET session_epoch = session_epoch + 1 WHERE id = $1::uuid`,
    values: [userId],
  });
  await transaction.query({
    text: `UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE user_id = $1::uuid AND revoked_at IS NULL`,
    values: [userId],
  });
};

type OpenSessions = { readonly sessions: number; readonly tokens: number };

/** How many sessions and personal tokens of an account let in just now. */
export const openSessionsOf = async (userId: string): Promise<OpenSessions> => {
  const {
    rows: [counts],
  } = await database().pool.query<OpenSessions>(
    `
    SELECT (SELECT count(*)::int FROM sessions s WHERE s.user_id = u.id AND s.revoked_at IS NULL
              AND s.expires_at > clock_timestamp() AND s.session_epoch = u.session_epoch
              AND s.last_seen_at > clock_timestamp() - make_interval(secs => $2)) AS sessions,
           (SELECT count(*)::int FROM api_tokens t WHERE t.user_id = u.id AND t.revoked_at IS NULL
              AND t.expires_at > clock_timestamp()) AS tokens
    FROM users u WHERE u.id = $1::uuid`,
    [userId, IDLE_SECONDS],
  );
  return counts ?? { sessions: 0, tokens: 0 };
};
