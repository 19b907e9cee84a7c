import "server-only";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { refusal } from "@/lib/contracts/problem";
import { isDatabaseAway } from "./database-away";
import { ANSWER_HEADERS, problemResponse } from "./problem-response";
import { authOptions } from "@/lib/server/auth/next-auth";
import { cookiesOf, sessionIdIn } from "@/lib/server/auth/session-cookie";
import { actorOfSession } from "@/lib/server/auth/sessions";

/** Email, password and a token against forgery: nothing larger is a sign-in. */
const MOST_BYTES = 8 * 1024;

type AuthContext = { readonly params: Promise<{ readonly nextauth: readonly string[] }> };
type AuthHandler = (request: NextRequest, context: AuthContext) => Promise<Response>;

/** What of next-auth is served. The rest of it is for ways of signing in that there are not here. */
const SERVED: ReadonlySet<string> = new Set(["GET csrf", "POST callback/credentials", "POST signout"]);

const tooLarge = (): Response =>
  problemResponse(refusal("BODY_TOO_LARGE", `A sign-in has at most ${MOST_BYTES} bytes.`));

const notASignIn = (): Response =>
  problemResponse(refusal("MALFORMED_REQUEST", "The request is not one of a sign-in."));

/** What went wrong here is for the log. */
const failed = (failure: unknown): Response => {
  if (isDatabaseAway(failure)) {
    return problemResponse(refusal("DATABASE_UNAVAILABLE", "The database cannot be reached just now. Try again."));
  }
  const error = failure instanceof Error ? (failure.stack ?? failure.message) : String(failure);
  console.error(JSON.stringify({ level: "error", operationId: "signIn", error }));
  return problemResponse(refusal("INTERNAL", "The server failed at signing in or out. Try again."));
};

/** What of a form next-auth would fail at; read from a copy, within the cap, before next-auth reads it in its own ways. */
const formFault = async (request: NextRequest): Promise<Response | null> => {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "")) {
    return problemResponse(refusal("WRONG_CONTENT_TYPE", "Send the form as application/x-www-form-urlencoded."));
  }
  if (Number(request.headers.get("content-length") ?? "0") > MOST_BYTES) return tooLarge();
  const reader = request.clone().body?.getReader();
  let size = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES) return tooLarge();
  }
  return null;
};

/** Who is signed in, from the table of sessions; next-auth's own answer would end a session when the database is away. */
const session = async (request: NextRequest): Promise<Response> => {
  const sessionId = await sessionIdIn(cookiesOf(request));
  const actor = sessionId === null ? null : await actorOfSession(sessionId);
  const body = actor === null ? {} : { user: { name: actor.name, email: actor.email } };
  return Response.json(body, { headers: ANSWER_HEADERS });
};

const served = async (request: NextRequest, context: AuthContext): Promise<Response> => {
  const action = (await context.params).nextauth.join("/");
  if (request.method === "GET" && action === "session") return session(request);
  if (!SERVED.has(`${request.method} ${action}`)) {
    return problemResponse(refusal("NOT_FOUND", "There is nothing at this address."));
  }
  const fault = request.method === "POST" ? await formFault(request) : null;
  if (fault !== null) return fault;

  const failures: unknown[] = [];
  const options = authOptions(
    (failure) => failures.push(failure),
    (name) => request.headers.get(name),
  );
  const response = await (NextAuth(options) as AuthHandler)(request, context);
  // next-auth goes on after what it only logs; a session that could not be ended must not look as if it had been.
  if (failures.length > 0) return failed(failures[0]);
  return response.status < 500 ? response : notASignIn();
};

/** The addresses of signing in and out, kept from failing at what strangers send. */
export const signInRoute = async (request: NextRequest, context: AuthContext): Promise<Response> => {
  try {
    return await served(request, context);
  } catch (thrown) {
    // What next-auth throws is about what it was sent.
    return isDatabaseAway(thrown) ? failed(thrown) : notASignIn();
  }
};
