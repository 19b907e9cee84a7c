import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { credentials } from "@/lib/contracts/accounts";
import { serverEnvironment } from "@/lib/server/config/environment";
import { checkPassword } from "./check-password";
import { SESSION_SECONDS, openSession, revokeSession } from "./sessions";

/** The cookie's name and kind follow the address: over https it is bound to the host and never sent in the clear. */
export const sessionCookie = (): { readonly name: string; readonly secure: boolean } => {
  const secure = serverEnvironment().address.startsWith("https://");
  return { name: secure ? "__Host-doseline-session" : "doseline-session", secure };
};

/** What the cookie holds: the id of a row in the table of sessions, and nothing about the person. */
const sessionIdOf = (token: unknown): string | null => {
  if (typeof token !== "object" || token === null) return null;
  const sid: unknown = Reflect.get(token, "sid");
  return typeof sid === "string" ? sid : null;
};

const authorize = async (given: unknown, userAgent: string | null): Promise<{ readonly id: string } | null> => {
  const read = credentials.safeParse(given);
  if (!read.success || read.data.password.includes("\u0000")) return null;
  const checked = await checkPassword(read.data.email, read.data.password);
  if (checked.verdict !== "right") return null;
  const sessionId = await openSession(checked.userId, userAgent);
  return sessionId === null ? null : { id: sessionId };
};

/**
 * Credentials only, and only to carry the session's id: what the id is worth, lib/server/auth/sessions.ts says. What
 * fails on the way goes to `onFailure`: next-auth itself would put its words into an address, or go on.
 */
export const authOptions = (onFailure: (failure: unknown) => void): NextAuthOptions => {
  const cookie = sessionCookie();
  const noting = async <Value>(work: () => Promise<Value>): Promise<Value | null> => {
    try {
      return await work();
    } catch (failure) {
      onFailure(failure);
      return null;
    }
  };
  return {
    secret: serverEnvironment().nextAuthSecret,
    useSecureCookies: cookie.secure,
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    cookies: {
      sessionToken: {
        name: cookie.name,
        options: { httpOnly: true, sameSite: "lax", path: "/", secure: cookie.secure },
      },
    },
    // What it would write down is told here in other ways: a refusal is no fault of the server.
    logger: { error: () => undefined, warn: () => undefined, debug: () => undefined },
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (given, request) =>
          noting(() => authorize(given, (request.headers?.["user-agent"] as string | undefined) ?? null)),
      }),
    ],
    callbacks: {
      // `user` is there only at sign-in; what `authorize` gave as its id is the session's.
      jwt: ({ token, user }) => ((user as unknown) === undefined ? token : { sid: user.id }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = sessionIdOf(token);
        if (sessionId !== null) await noting(() => revokeSession(sessionId));
      },
    },
  };
};
