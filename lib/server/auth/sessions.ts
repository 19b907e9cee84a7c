import "server-only";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";

/** A session ends so long after it was opened, whatever happens in it: a working day. */
export const SESSION_SECONDS = 12 * 60 * 60;
/** And so long after it was last used. */
const IDLE_SECONDS = 2 * 60 * 60;
/** The last use is noted no more often than this, so that reading stays reading. */
const NOTE_SECONDS = 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

type SessionRow = Omit<Actor, "userId" | "via"> & { readonly id: string; readonly unnoted: boolean };

/** Opens a session and gives its id, which only travels inside the encrypted cookie. Null for a disabled account. */
export const openSession = async (userId: string, userAgent: string | null): Promise<string | null> => {
  const { rows } = await database().pool.query<{ readonly id: string }>(
    `
    INSERT INTO sessions (user_id, session_epoch, expires_at, user_agent)
    SELECT id, session_epoch, clock_timestamp() + make_interval(secs => $1), $2
    FROM users WHERE id = $3::uuid AND disabled_at IS NULL
    RETURNING id::text`,
    [SESSION_SECONDS, userAgent?.slice(0, 300) ?? null, userId],
  );
  return rows[0]?.id ?? null;
};

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
    SELECT users.id::text, users.email, users.name, users.administrator, users.auditor,
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

export const revokeSession = async (sessionId: string): Promise<void> => {
  if (!UUID.test(sessionId)) return;
  await database().pool.query(
    `UPDATE sessions SET revoked_at = clock_timestamp() WHERE id = $1::uuid AND revoked_at IS NULL`,
    [sessionId],
  );
};
