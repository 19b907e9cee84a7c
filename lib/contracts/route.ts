import type * as z from "zod";
import type { Action } from "../domain/access/permissions";
import type { ErrorCode } from "./errors";

export type HttpMethod = "GET" | "POST" | "PUT" | "DELETE";

/** What a route may refuse for that asks for the password again, and for a code where a second factor is set. */
export const IDENTITY_REFUSALS = [
  "WRONG_PASSWORD",
  "CODE_REQUIRED",
  "WRONG_CODE",
  "SECOND_FACTOR_UNREADABLE",
  "TOO_MANY_REQUESTS",
] as const satisfies readonly ErrorCode[];

/** One answer of a route: a JSON document, or a stream of another media type (`schema` null). */
export type RouteAnswer = {
  readonly description: string;
  readonly schema: z.ZodType | null;
  readonly mediaType?: string;
};

/**
 * What a route promises. The endpoint wrapper reads requests by it, the API description is generated from it: an
 * address that has no contract is not served, and one that has is described.
 */
export type RouteContract<Params extends z.ZodType, Query extends z.ZodType, Body extends z.ZodType | null> = {
  readonly method: HttpMethod;
  /** With `{name}` for each parameter. */
  readonly path: string;
  readonly operationId: string;
  readonly tag: string;
  readonly summary: string;
  readonly access: "public" | "signed-in";
  /** What one must be allowed to do in the whole installation; without it, no body is read. */
  readonly installationAction?: Action;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  /** The most bytes a body may have; 1 MiB unless told. */
  readonly maxBodyBytes?: number;
  readonly answers: Readonly<Record<number, RouteAnswer>>;
  /** What it may refuse for, beside what every route may. */
  readonly refusals: readonly ErrorCode[];
};

/** Any route, where only its description counts. */
export type AnyRouteContract = RouteContract<z.ZodType, z.ZodType, z.ZodType | null>;

/** A contract with its own types kept, so that an operation gets what the schemas read. */
export const route = <
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType | null,
  Access extends "public" | "signed-in",
>(
  contract: RouteContract<Params, Query, Body> & { readonly access: Access },
): RouteContract<Params, Query, Body> & { readonly access: Access } => contract;
