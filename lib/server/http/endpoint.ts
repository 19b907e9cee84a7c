import "server-only";
import { randomUUID } from "node:crypto";
import type * as z from "zod";
import { readInput } from "@/lib/contracts/field-faults";
import { faultInWords, refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import type { AnyRouteContract, RouteContract } from "@/lib/contracts/route";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { actorOfRequest } from "@/lib/server/auth/request-actor";
import { authorizeInstallation } from "@/lib/server/auth/study-scope";
import { serverEnvironment } from "@/lib/server/config/environment";
import type { Actor } from "@/lib/server/command/actor";
import { closedStudyWords } from "./closed-study";
import { isDatabaseAway } from "./database-away";
import { ANSWER_HEADERS, problemResponse } from "./problem-response";
import { USUAL_BODY_BYTES, readJsonBody } from "./read-body";
import { isFromOwnPages } from "./same-origin";

/** What an operation answers when it was not refused: a JSON document, or bytes of another media type. */
export type Answer =
  | { readonly status: number; readonly body: unknown }
  | {
      readonly status: number;
      readonly stream: ReadableStream<Uint8Array> | string;
      readonly headers: Readonly<Record<string, string>>;
    };

type Output<Schema extends z.ZodType | null> = Schema extends z.ZodType ? z.output<Schema> : null;

/** A request that has been read and whose sender is known. */
export type Call<Params, Query, Body, Who> = {
  readonly actor: Who;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** Ends when whoever asks has gone away. */
  readonly signal: AbortSignal;
};

type NextContext = { readonly params: Promise<Readonly<Record<string, string | string[] | undefined>> | undefined> };
/** A route handler as Next calls it. */
export type RouteHandler = (request: Request, context: NextContext) => Promise<Response>;

const invalid = (faults: readonly FieldFault[], where: string): Refusal => {
  const [first] = faults;
  const named =
    first === undefined ? `${where}.` : faultInWords({ ...first, path: first.path === "$" ? where : first.path });
  const more = faults.length > 1 ? ` And ${faults.length - 1} more.` : "";
  return refusal("INVALID_INPUT", `${named}${more}`, faults);
};

const readPart = <Part>(schema: z.ZodType<Part>, value: unknown, where: string): Result<Part, Refusal> => {
  const read = readInput(schema, value);
  return read.ok ? read : refused(invalid(read.fault, where));
};

/** An address that cannot be is an address with nothing at it. */
const readParams = async <Params>(
  schema: z.ZodType<Params>,
  context: NextContext,
): Promise<Result<Params, Refusal>> => {
  const read = readInput(schema, (await context.params) ?? {});
  return read.ok ? read : refused(refusal("NOT_FOUND", "There is nothing at this address.", read.fault));
};

const readQuery = (request: Request): Result<Readonly<Record<string, string>>, Refusal> => {
  const pairs = [...new URL(request.url).searchParams];
  const repeated = pairs.find(([key], index) => pairs.findIndex(([other]) => other === key) !== index);
  if (repeated !== undefined) {
    const [path] = repeated;
    return refused(invalid([{ path, code: "INVALID_VALUE", message: "is given more than once" }], "The query"));
  }
  const hostile = pairs.find(([key, text]) => `${key}${text}`.includes("\u0000"));
  if (hostile !== undefined) {
    const message = "holds the character U+0000, which cannot be stored";
    return refused(
      invalid([{ path: hostile[0].replaceAll("\u0000", ""), code: "FORBIDDEN_CHARACTER", message }], "The query"),
    );
  }
  return ok(Object.fromEntries(pairs));
};

/** Of what is only asked about, nothing is made. */
const withoutBody = async ({
  stream,
  status,
  headers,
}: Extract<Answer, { readonly stream: unknown }>): Promise<Response> => {
  if (typeof stream !== "string") await stream.cancel();
  return new Response(null, { status, headers: { ...ANSWER_HEADERS, ...headers } });
};

const answerResponse = (request: Request, answer: Answer): Promise<Response> | Response => {
  if ("stream" in answer && request.method === "HEAD") return withoutBody(answer);
  if ("stream" in answer) {
    return new Response(answer.stream, { status: answer.status, headers: { ...ANSWER_HEADERS, ...answer.headers } });
  }
  const headers = { ...ANSWER_HEADERS, "content-type": "application/json; charset=utf-8" };
  return new Response(JSON.stringify(answer.body), { status: answer.status, headers });
};

/** What went wrong is for the log; the client gets a number to quote. */
const failure = (thrown: unknown, operationId: string): Refusal => {
  if (isDatabaseAway(thrown)) {
    return refusal("DATABASE_UNAVAILABLE", "The database cannot be reached just now. Nothing was saved; try again.");
  }
  const closed = closedStudyWords(thrown);
  if (closed !== null) return refusal("STUDY_LOCKED", `Nothing was saved: ${closed}.`);
  const reference = randomUUID();
  console.error(
    JSON.stringify({
      level: "error",
      operationId,
      reference,
      error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
    }),
  );
  return refusal("INTERNAL", `The server failed at this request. Nothing was saved. Reference: ${reference}.`);
};

const CHANGING: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH", "DELETE"]);

const whoAsks = async (request: Request, access: "public" | "signed-in"): Promise<Result<Actor | null, Refusal>> => {
  const changing = CHANGING.has(request.method);
  const byCookie = access === "signed-in" && !request.headers.has("authorization");
  if (changing && !isFromOwnPages(request, byCookie, serverEnvironment().address)) {
    return refused(
      refusal("FOREIGN_ORIGIN", "Requests that change something must come from the pages of this server."),
    );
  }
  return access === "public" ? ok(null) : actorOfRequest(request);
};

/**
 * The one way in: every route handler is made here. In this order: where the request comes from, who asks, the
 * address, the query, the body (typed, capped, well-formed, strict), then one operation; its refusal becomes a
 * problem document, and so does anything that was not foreseen.
 */
export const endpoint =
  <
    Params extends z.ZodType,
    Query extends z.ZodType,
    Body extends z.ZodType | null,
    Access extends "public" | "signed-in",
  >(
    route: RouteContract<Params, Query, Body> & { readonly access: Access },
    operation: (
      call: Call<z.output<Params>, z.output<Query>, Output<Body>, Access extends "public" ? null : Actor>,
    ) => Promise<Result<Answer, Refusal>>,
  ): RouteHandler =>
  async (request, context) => {
    try {
      const who = await whoAsks(request, route.access);
      if (!who.ok) return problemResponse(who.fault);
      const params = await readParams(route.params, context);
      if (!params.ok) return problemResponse(params.fault);
      const pairs = readQuery(request);
      if (!pairs.ok) return problemResponse(pairs.fault);
      const query = readPart(route.query, pairs.value, "The query");
      if (!query.ok) return problemResponse(query.fault);
      const gate = await mayAsk(route, who.value);
      if (!gate.ok) return problemResponse(gate.fault);
      const body = await readBody(route, request);
      if (!body.ok) return problemResponse(body.fault);

      const call = {
        actor: who.value,
        params: params.value,
        query: query.value,
        body: body.value,
        signal: request.signal,
      } as Parameters<typeof operation>[0];
      const result = await operation(call);
      return result.ok ? await answerResponse(request, result.value) : problemResponse(result.fault);
    } catch (thrown) {
      return problemResponse(failure(thrown, route.operationId));
    }
  };

/** Who may not do it anyway is told so before a body is read; the operation asks for itself once more. */
const mayAsk = async (route: AnyRouteContract, actor: Actor | null): Promise<Result<null, Refusal>> =>
  route.installationAction === undefined || actor === null
    ? ok(null)
    : authorizeInstallation(actor, route.installationAction);

const readBody = async (route: AnyRouteContract, request: Request): Promise<Result<unknown, Refusal>> => {
  if (route.body === null) return ok(null);
  const document = await readJsonBody(request, route.maxBodyBytes ?? USUAL_BODY_BYTES);
  return document.ok ? readPart(route.body, document.value, "The body") : document;
};
