import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { AuditedBy } from "@/lib/server/store/audit-events";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { appendAudit } from "@/lib/server/command/audit";
import { AUDITS_EVERY_STUDY } from "./audits-every-study";

/** A personal token is worth something for so long. */
const TOKEN_DAYS = 90;
const PREFIX = "dsl_";
const TOKEN = /^dsl_[A-Za-z0-9_-]{43}$/;
const NOTE_SECONDS = 60;

const hashOf = (token: string): Buffer => createHash("sha256").update(token, "utf8").digest();

type TokenRow = Omit<Actor, "userId" | "via"> & { readonly id: string; readonly unnoted: boolean };

/** Makes a token for a person. It is known only to whoever gets this answer: the database keeps its hash. */
export const openToken = (by: AuditedBy, userId: string, label: string): Promise<string> => {
  const token = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  return inTransaction(database(), async (transaction) => {
    await transaction.query({
      text: `
    INSERT INTO api_tokens (user_id, label, token_hash, expires_at)
    VALUES ($1::uuid, $2, $3, clock_timestamp() + make_interval(days => $4))`,
      values: [userId, label, hashOf(token), TOKEN_DAYS],
    });
    await appendAudit(transaction, by, [{ ...onAccount(userId), kind: "TOKEN_ISSUED", subject: label }]);
    return { keep: true, value: token };
  });
};

/** Whose token it is; null when it is unknown, expired or revoked, or the account disabled. */
export const actorOfToken = async (token: string): Promise<Actor | null> => {
  if (!TOKEN.test(token)) return null;
  const hash = hashOf(token);
  const {
    rows: [row],
  } = await database().pool.query<TokenRow>(
    `
    SELECT users.id::text, users.email, users.name, users.administrator, ${AUDITS_EVERY_STUDY} AS auditor,
           coalesce(api_tokens.last_used_at < clock_timestamp() - make_interval(secs => $1), true) AS unnoted
    FROM api_tokens JOIN users ON users.id = api_tokens.user_id
    WHERE api_tokens.token_hash = $2
      AND api_tokens.revoked_at IS NULL
      AND api_tokens.expires_at > clock_timestamp()
      AND users.disabled_at IS NULL`,
    [NOTE_SECONDS, hash],
  );
  if (row === undefined) return null;
  if (row.unnoted)
    await database().pool.query(`UPDATE api_tokens SET last_used_at = clock_timestamp() WHERE token_hash = $1`, [hash]);
  const { id, email, name, administrator, auditor } = row;
  return { userId: id, email, name, administrator, auditor, via: "token" };
};
