import * as z from "zod";
import { auditFilters, auditPage, auditQuery, auditReview, auditReviewed } from "./audit";
import { IDENTITY_REFUSALS, route } from "./route";
import { studyParams } from "./studies";

const none = z.object({});
const file = {
  description:
    "One row for each event, the latest first; above them the filters, row count, SHA-256, and for whom when",
  schema: null,
  mediaType: "text/csv",
} as const;

export const listAuditEvents = route({
  method: "GET",
  path: "/api/v1/studies/{code}/audit",
  operationId: "listAuditEvents",
  tag: "Audit",
  summary: "A page of a study's audit trail, the latest event first",
  access: "signed-in",
  params: studyParams,
  query: auditQuery,
  body: null,
  answers: { 200: { description: "Up to 50 events, and where the next page begins", schema: auditPage } },
  refusals: ["NOT_FOUND"],
});

export const exportAuditEvents = route({
  method: "GET",
  path: "/api/v1/studies/{code}/audit.csv",
  operationId: "exportAuditEvents",
  tag: "Audit",
  summary: "A study's audit trail as a file, or what the filters leave of it",
  access: "signed-in",
  params: studyParams,
  query: auditFilters,
  body: null,
  answers: { 200: file },
  refusals: ["NOT_FOUND"],
});

export const listInstallationAudit = route({
  method: "GET",
  path: "/api/v1/audit",
  operationId: "listInstallationAudit",
  tag: "Audit",
  summary: "A page of the trail of accounts and of the installation, the latest event first",
  access: "signed-in",
  installationAction: "audit.read-installation",
  params: none,
  query: auditQuery.omit({ animal: true }),
  body: null,
  answers: { 200: { description: "Up to 50 events, and where the next page begins", schema: auditPage } },
  refusals: [],
});

export const exportInstallationAudit = route({
  method: "GET",
  path: "/api/v1/audit.csv",
  operationId: "exportInstallationAudit",
  tag: "Audit",
  summary: "The trail of accounts and of the installation as a file",
  access: "signed-in",
  installationAction: "audit.read-installation",
  params: none,
  query: auditFilters.omit({ animal: true }),
  body: null,
  answers: { 200: file },
  refusals: [],
});

export const reviewExceptions = route({
  method: "POST",
  path: "/api/v1/studies/{code}/audit/reviews",
  operationId: "reviewExceptions",
  tag: "Audit",
  summary: "Mark exceptions as reviewed, signed with your password",
  access: "signed-in",
  params: studyParams,
  query: z.strictObject({}),
  body: auditReview,
  answers: { 200: { description: "How many were marked, and by which signature", schema: auditReviewed } },
  refusals: ["NOT_FOUND", ...IDENTITY_REFUSALS, "SIGNATURE_CONFLICT", "UNKNOWN_REVIEW", "SIGNED_CONTENT_CHANGED"],
});
