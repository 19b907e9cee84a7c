import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { HttpMethod } from "@/lib/contracts/route";
import type { RouteHandler } from "./endpoint";
import { problemResponse } from "./problem-response";

type Handlers = Readonly<Partial<Record<HttpMethod, RouteHandler>>>;
type AllHandlers = Readonly<Record<HttpMethod | "PATCH", RouteHandler>>;

/** A route file's handlers, and for every other method the answer that there is none. */
export const methods = (handlers: Handlers): AllHandlers => {
  const allow = Object.keys(handlers).join(", ");
  const notAllowed: RouteHandler = (request) =>
    Promise.resolve(
      problemResponse(refusal("METHOD_NOT_ALLOWED", `This address takes ${allow}, not ${request.method}.`), { allow }),
    );
  return { GET: notAllowed, POST: notAllowed, PUT: notAllowed, PATCH: notAllowed, DELETE: notAllowed, ...handlers };
};
