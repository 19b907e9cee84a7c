import "server-only";
import type { RefusalCause } from "@/lib/domain/language/refusal-words";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { credentials } from "@/lib/contracts/accounts";
import type { SignInRefusal } from "@/lib/contracts/accounts";
import { serverEnvironment } from "@/lib/server/config/environment";
import { remoteAddress } from "./remote-address";
import { ON_INSTALLATION, onAccount } from "@/lib/server/store/audit-events";
import { recordEvent } from "@/lib/server/command/audit";
import { checkCredentials } from "./check-credentials";
import type { CredentialsVerdict } from "./check-credentials";
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

type From = { readonly userAgent: string | null; readonly address: string | null };

/** What was typed as the email is kept, unless it is none: people type passwords there. */
const recordFailure = async (
  { userId, email, cause }: { readonly userId: string | null; readonly email: string; readonly cause: RefusalCause },
  { address }: From,
): Promise<null> => {
  const place = userId === null ? ON_INSTALLATION : onAccount(userId);
  const by = { actorId: null, roles: "", origin: "session", address } as const;
  await recordEvent(by, { ...place, kind: "SIGN_IN_FAILED", subject: email, newValue: { cause } });
  return null;
};

/** What is told of a sign-in that failed; of all that a stranger could bring about, one thing. */
const OUTCOMES: Readonly<Record<Exclude<CredentialsVerdict["verdict"], "right">, SignInRefusal | null>> = {
  wrong: null,
  locked: null,
  "code-missing": "CodeRequired",
  "code-wrong": "CodeRefused",
  "code-used": "CodeUsed",
  "code-unreadable": "CodeUnreadable",
};

const authorize = async (given: unknown, from: From): Promise<{ readonly id: string } | SignInRefusal | null> => {
  const read = credentials.safeParse(given);
  if (!read.success || read.data.password.includes("\u0000")) {
    return recordFailure({ userId: null, email: "not an email address, or no password", cause: "MALFORMED" }, from);
  }
  const { email, ...typed } = read.data;
  const checked = await checkCredentials(email, typed, { via: "session", address: from.address, codeFollows: true });
  if (checked.verdict === "right") {
    const sessionId = await openSession(checked.userId, from.userAgent, from.address);
    return sessionId === null ? null : { id: sessionId };
  }
  if (checked.verdict !== "code-missing") await recordFailure({ email, ...checked }, from);
  return OUTCOMES[checked.verdict];
};

/** Next-auth gives a thrown one's message to the form. */
const admitted = (outcome: { readonly id: string } | SignInRefusal | null): { readonly id: string } | null => {
  if (typeof outcome === "string") throw new Error(outcome);
  return outcome;
};

/**
 * Credentials only, and only to carry the session's id: what the id is worth, lib/server/auth/sessions.ts says. What
 * fails on the way goes to `onFailure`: next-auth itself would put its words into an address, or go on.
 */
export const authOptions = (
  onFailure: (failure: unknown) => void,
  header: (name: string) => string | null,
): NextAuthOptions => {
  const from: From = { userAgent: header("user-agent"), address: remoteAddress(header) };
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
        credentials: { email: {}, password: {}, code: {} },
        authorize: async (given) => admitted(await noting(() => authorize(given, from))),
      }),
    ],
    callbacks: {
      // `user` is there only at sign-in; what `authorize` gave as its id is the session's.
      jwt: ({ token, user }) => ((user as unknown) === undefined ? token : { sid: user.id }),
    },
    events: {
      signOut: async ({ token }) => {
        const sessionId = sessionIdOf(token);
        if (sessionId !== null) await noting(() => revokeSession(sessionId, from.address));
      },
    },
  };
};
