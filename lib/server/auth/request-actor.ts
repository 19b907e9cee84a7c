import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { remoteAddress } from "./remote-address";
import type { Actor } from "@/lib/server/command/actor";
import { cookiesOf, sessionIdIn } from "./session-cookie";
import { actorOfSession } from "./sessions";
import { actorOfToken } from "./tokens";

const bySession = async (request: Request): Promise<Result<Actor, Refusal>> => {
  const sessionId = await sessionIdIn(cookiesOf(request));
  const actor = sessionId === null ? null : await actorOfSession(sessionId);
  return actor === null
    ? refused(refusal("NOT_SIGNED_IN", "There is no session, or it has ended. Sign in, or send a personal token."))
    : ok(actor);
};

const byToken = async (header: string): Promise<Result<Actor, Refusal>> => {
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const actor = token === undefined ? null : await actorOfToken(token);
  return actor === null
    ? refused(refusal("NOT_SIGNED_IN", "The personal token is unknown, expired or revoked. Ask for a new one."))
    : ok(actor);
};

/** Who sends a request. Where it carries an Authorization header, only that counts. */
export const actorOfRequest = async (request: Request): Promise<Result<Actor, Refusal>> => {
  const header = request.headers.get("authorization");
  const actor = await (header === null ? bySession(request) : byToken(header.trim()));
  return actor.ok ? ok({ ...actor.value, address: remoteAddress((name) => request.headers.get(name)) }) : actor;
};
