import { NextResponse } from "next/server";
import type { NextRequest } from "next/server";

const SESSION_COOKIES = ["doseline-session", "__Host-doseline-session"];

/**
 * Saves people without a session a page that would only send them on. It decides nothing: each page, route and
 * operation asks for itself who is there and what they may do.
 */
export const proxy = (request: NextRequest): NextResponse => {
  if (SESSION_COOKIES.some((name) => request.cookies.has(name))) return NextResponse.next();
  const { pathname, search } = request.nextUrl;
  const target = new URL("/sign-in", request.url);
  if (pathname !== "/") target.searchParams.set("next", `${pathname}${search}`);
  return NextResponse.redirect(target);
};

/** Pages only: a proxy in front of the API would hold back, and cut, the bodies it sends. */
export const config = {
  matcher: ["/((?!api/|_next/|sign-in|favicon|icon\\.svg|manifest\\.webmanifest|robots\\.txt).*)"],
};
