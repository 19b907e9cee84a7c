import "server-only";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { addSession, countOpen, endSession, personOfSession } from "@/lib/server/store/sessions";
import { appendAudit, auditedBy } from "@/lib/server/command/audit";

/** A session ends so long after it was opened, whatever happens in it: a working day. */
export const SESSION_SECONDS = 12 * 60 * 60;
/** And so long after it was last used. */
const IDLE_SECONDS = 2 * 60 * 60;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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
    const opened = await addSession(transaction, userId, {
      seconds: SESSION_SECONDS,
      userAgent: userAgent?.slice(0, 300) ?? null,
    });
    if (opened === null) return { keep: false, value: null };
    const { id, person } = opened;
    const by = auditedBy({ ...person, via: "session", address });
    await appendAudit(transaction, by, [{ ...onAccount(userId), kind: "SIGNED_IN", subject: person.email }]);
    return { keep: true, value: id };
  });

/**
 * Who has this session; null as soon as it was revoked, the account disabled, its password or standing changed, or
 * too much time has passed. Asked anew at every request.
 */
export const actorOfSession = async (sessionId: string): Promise<Actor | null> => {
  const person = UUID.test(sessionId) ? await personOfSession(sessionId, IDLE_SECONDS) : null;
  return person === null ? null : { ...person, via: "session" };
};

export const revokeSession = async (sessionId: string, address: string | null): Promise<void> => {
  if (!UUID.test(sessionId)) return;
  await inTransaction(database(), async (transaction) => {
    const closed = await endSession(transaction, sessionId);
    if (closed === null) return { keep: false, value: undefined };
    const by = auditedBy({ ...closed, via: "session", address });
    await appendAudit(transaction, by, [{ ...onAccount(closed.userId), kind: "SIGNED_OUT", subject: closed.email }]);
    return { keep: true, value: undefined };
  });
};

/** How many sessions and personal tokens of an account let in just now. */
export const openSessionsOf = (userId: string): ReturnType<typeof countOpen> => countOpen(userId, IDLE_SECONDS);
