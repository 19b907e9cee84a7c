import "server-only";
import { getToken } from "next-auth/jwt";
import { serverEnvironment } from "@/lib/server/config/environment";
import { sessionCookie } from "./next-auth";

type CookieValues = Readonly<Partial<Record<string, string>>>;

/** The cookies of a request as a browser sends them. */
export const cookiesOf = (request: Request): CookieValues => {
  const pairs = (request.headers.get("cookie") ?? "").split(";").map((pair) => {
    const middle = pair.indexOf("=");
    return middle < 0 ? ["", ""] : [pair.slice(0, middle).trim(), pair.slice(middle + 1).trim()];
  });
  return Object.fromEntries(pairs) as CookieValues;
};

/** The id of the session that the cookie names; null when there is none, or it is not one that we made. */
export const sessionIdIn = async (cookies: CookieValues): Promise<string | null> => {
  const { name, secure } = sessionCookie();
  // No headers: next-auth would take an Authorization header for a cookie.
  const request = { cookies, headers: {} } as unknown as Parameters<typeof getToken>[0]["req"];
  const token = await getToken({
    req: request,
    secret: serverEnvironment().nextAuthSecret,
    secureCookie: secure,
    cookieName: name,
  });
  const sid: unknown = token?.["sid"];
  return typeof sid === "string" ? sid : null;
};
