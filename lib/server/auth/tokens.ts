import "server-only";
import { createHash, randomBytes } from "node:crypto";
import type { AuditedBy } from "@/lib/server/store/audit-events";
import { database } from "@/lib/server/db/database";
import { inTransaction } from "@/lib/server/db/transaction";
import type { Actor } from "@/lib/server/command/actor";
import { onAccount } from "@/lib/server/store/audit-events";
import { addToken, personOfToken } from "@/lib/server/store/sessions";
import { appendAudit } from "@/lib/server/command/audit";

/** A personal token is worth something for so long. */
const TOKEN_SECONDS = 90 * 24 * 60 * 60;
const PREFIX = "dsl_";
const TOKEN = /^dsl_[A-Za-z0-9_-]{43}$/;

const hashOf = (token: string): Buffer => createHash("sha256").update(token, "utf8").digest();

/** Makes a token for a person. It is known only to whoever gets this answer: the database keeps its hash. */
export const openToken = (by: AuditedBy, userId: string, label: string): Promise<string> => {
  const token = `${PREFIX}${randomBytes(32).toString("base64url")}`;
  return inTransaction(database(), async (transaction) => {
    await addToken(transaction, { userId, label, hash: hashOf(token) }, TOKEN_SECONDS);
    await appendAudit(transaction, by, [{ ...onAccount(userId), kind: "TOKEN_ISSUED", subject: label }]);
    return { keep: true, value: token };
  });
};

/** Whose token it is; null when it is unknown, expired or revoked, or the account disabled. */
export const actorOfToken = async (token: string): Promise<Actor | null> => {
  const person = TOKEN.test(token) ? await personOfToken(hashOf(token)) : null;
  return person === null ? null : { ...person, via: "token" };
};
