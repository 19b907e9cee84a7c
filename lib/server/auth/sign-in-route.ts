import "server-only";
import type { NextRequest } from "next/server";
import NextAuth from "next-auth";
import { refusal } from "@/lib/contracts/problem";
import { isDatabaseAway } from "@/lib/server/http/database-away";
import { problemResponse } from "@/lib/server/http/problem-response";
import { authOptions } from "./next-auth";

/** Email, password and a token against forgery: nothing larger is a sign-in. */
const MOST_BYTES = 8 * 1024;

type AuthContext = { readonly params: Promise<{ readonly nextauth: readonly string[] }> };

/** The body is read here, within the cap and as a form, before next-auth may read it in its own ways. */
const guarded = async (request: NextRequest): Promise<Request | Response> => {
  if (request.method !== "POST") return request;
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/x-www-form-urlencoded\b/i.test(type)) {
    return problemResponse(refusal("WRONG_CONTENT_TYPE", "Send the form as application/x-www-form-urlencoded."));
  }
  if (Number(request.headers.get("content-length") ?? "0") > MOST_BYTES) {
    return problemResponse(refusal("BODY_TOO_LARGE", `A sign-in has at most ${MOST_BYTES} bytes.`));
  }
  const reader = request.clone().body?.getReader();
  let size = 0;
  for (let part = await reader?.read(); part?.done === false; part = await reader?.read()) {
    size += part.value.byteLength;
    if (size > MOST_BYTES)
      return problemResponse(refusal("BODY_TOO_LARGE", `A sign-in has at most ${MOST_BYTES} bytes.`));
  }
  return request;
};

/** next-auth's own addresses (csrf, callback, session, signout), kept from failing at what strangers send. */
export const signInRoute = async (request: NextRequest, context: AuthContext): Promise<Response> => {
  try {
    const checked = await guarded(request);
    if (checked instanceof Response) return checked;
    const handler = NextAuth(authOptions()) as (request: NextRequest, context: AuthContext) => Promise<Response>;
    return await handler(request, context);
  } catch (thrown) {
    if (isDatabaseAway(thrown)) {
      return problemResponse(refusal("DATABASE_UNAVAILABLE", "The database cannot be reached just now. Try again."));
    }
    return problemResponse(refusal("MALFORMED_REQUEST", "The request is not one of a sign-in."));
  }
};
