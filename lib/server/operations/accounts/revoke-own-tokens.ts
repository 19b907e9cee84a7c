import "server-only";
import { ok } from "@/lib/domain/result";
import { database } from "@/lib/server/db/database";
import type { Actor } from "@/lib/server/kernel/actor";

/** Ends every personal token of the asking person, the one that asks included. Answers how many there were. */
export const revokeOwnTokens = async (
  actor: Actor,
): Promise<{ readonly ok: true; readonly value: { readonly revoked: number } }> => {
  const { rowCount } = await database().pool.query(
    `UPDATE api_tokens SET revoked_at = clock_timestamp() WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > clock_timestamp()`,
    [actor.userId],
  );
  return ok({ revoked: rowCount ?? 0 });
};
