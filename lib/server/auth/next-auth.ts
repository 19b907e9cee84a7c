import "server-only";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { credentials } from "@/lib/contracts/accounts";
import { serverEnvironment } from "@/lib/server/config/environment";
import { checkPassword } from "./check-password";
import { SESSION_SECONDS, actorOfSession, openSession, revokeSession } from "./sessions";

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
  try {
    const checked = await checkPassword(read.data.email, read.data.password);
    if (checked.verdict !== "right") return null;
    const sessionId = await openSession(checked.userId, userAgent);
    return sessionId === null ? null : { id: sessionId };
  } catch (thrown) {
    console.error(
      JSON.stringify({
        level: "error",
        operationId: "signIn",
        error: thrown instanceof Error ? thrown.message : String(thrown),
      }),
    );
    // The words of this error come back in the answer: they say no more than that it was not about the password.
    throw new Error("Unavailable", { cause: thrown });
  }
};

/** Credentials only, and only to carry the session's id: what the id is worth, lib/server/auth/sessions.ts says. */
export const authOptions = (): NextAuthOptions => {
  const cookie = sessionCookie();
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
    pages: { signIn: "/sign-in", signOut: "/sign-in", error: "/sign-in" },
    providers: [
      CredentialsProvider({
        credentials: { email: {}, password: {} },
        authorize: (given, request) =>
          authorize(given, (request.headers?.["user-agent"] as string | undefined) ?? null),
      }),
    ],
    callbacks: {
      // `user` is there only at sign-in; what `authorize` gave as its id is the session's.
      jwt: ({ token, user }) => ((user as unknown) === undefined ? token : { sid: user.id }),
      session: async ({ session, token }) => {
        const actor = await actorOfSession(sessionIdOf(token) ?? "");
        return actor === null
          ? { expires: session.expires }
          : { expires: session.expires, user: { name: actor.name, email: actor.email } };
      },
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = sessionIdOf(token);
        if (sessionId !== null) await revokeSession(sessionId);
      },
    },
  };
};
