import * as z from "zod";
import { createDocument } from "zod-openapi";
import type { ZodOpenApiOperationObject, ZodOpenApiPathsObject, ZodOpenApiResponsesObject } from "zod-openapi";
import packageDocument from "../../package.json";
import { ERRORS } from "./errors";
import type { ErrorCode } from "./errors";
import { problem } from "./problem";
import type { AnyRouteContract } from "./route";
import * as accountRoutes from "./account-routes";
import * as auditRoutes from "./audit-routes";
import * as historyRoutes from "./history-routes";
import * as protocolRoutes from "./protocol-routes";
import * as recordRoutes from "./record-routes";
import * as reviewRoutes from "./review-routes";
import * as routes from "./routes";
import * as signatureRoutes from "./signature-routes";

/** What any route may refuse for, by what it is. */
const commonRefusals = (route: AnyRouteContract): readonly ErrorCode[] => [
  ...(route.access === "signed-in" ? (["NOT_SIGNED_IN", "FORBIDDEN"] as const) : []),
  ...(route.body === null ? [] : (["MALFORMED_JSON", "BODY_TOO_LARGE", "WRONG_CONTENT_TYPE"] as const)),
  ...(route.method === "GET" ? [] : (["FOREIGN_ORIGIN"] as const)),
  "INVALID_INPUT",
  "DATABASE_UNAVAILABLE",
];

const refusalsByStatus = (route: AnyRouteContract): ZodOpenApiResponsesObject => {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set([...commonRefusals(route), ...route.refusals])) {
    const { status } = ERRORS[code];
    // The route's own answer of that status says it already.
    if (!(status in route.answers)) byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      {
        description: codes.map((code) => `${code}: ${ERRORS[code].title}`).join(". "),
        content: { "application/problem+json": { schema: problem } },
      },
    ]),
  );
};

const answersOf = (route: AnyRouteContract): ZodOpenApiResponsesObject =>
  Object.fromEntries(
    Object.entries(route.answers).map(([status, { description, schema, mediaType }]) => [
      status,
      { description, content: { [mediaType ?? "application/json"]: { schema: schema ?? z.string() } } },
    ]),
  );

const parametersOf = (route: AnyRouteContract): NonNullable<ZodOpenApiOperationObject["requestParams"]> => ({
  ...(route.params instanceof z.ZodObject && Object.keys(route.params.shape).length > 0 ? { path: route.params } : {}),
  ...(route.query instanceof z.ZodObject && Object.keys(route.query.shape).length > 0 ? { query: route.query } : {}),
});

const operationOf = (route: AnyRouteContract): ZodOpenApiOperationObject => ({
  operationId: route.operationId,
  tags: [route.tag],
  summary: route.summary,
  ...(route.access === "public" ? { security: [] } : {}),
  requestParams: parametersOf(route),
  ...(route.body === null
    ? {}
    : { requestBody: { required: true, content: { "application/json": { schema: route.body } } } }),
  responses: { ...answersOf(route), ...refusalsByStatus(route) },
});

const pathsOf = (all: readonly AnyRouteContract[]): ZodOpenApiPathsObject => {
  const paths: Record<string, Record<string, ZodOpenApiOperationObject>> = {};
  for (const route of all) {
    (paths[route.path] ??= {})[route.method.toLowerCase()] = operationOf(route);
  }
  return paths;
};

export const ROUTES: readonly AnyRouteContract[] = [
  ...Object.values(routes),
  ...Object.values(accountRoutes),
  ...Object.values(protocolRoutes),
  ...Object.values(recordRoutes),
  ...Object.values(reviewRoutes),
  ...Object.values(historyRoutes),
  ...Object.values(signatureRoutes),
  ...Object.values(auditRoutes),
];

/** The API as OpenAPI 3.1, from the schemas that the routes read by. */
export const apiDescription = () =>
  createDocument({
    openapi: "3.1.0",
    info: {
      title: "Doseline",
      version: packageDocument.version,
      description:
        "Preclinical studies: animals, what was measured, given and seen, and the dose decisions that follow. An unknown key is an error. Refusals are problem documents (RFC 9457) that name the field.",
    },
    security: [{ session: [] }, { token: [] }],
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "doseline-session" },
        token: { type: "http", scheme: "bearer", description: "A personal token, from the server's console" },
      },
    },
    paths: pathsOf(ROUTES),
  });
