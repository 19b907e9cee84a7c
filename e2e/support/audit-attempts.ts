import type { APIResponse } from "@playwright/test";
import type { Action } from "@/lib/domain/access/permissions";
import type { Api } from "./api";

type AuditAttempt = {
  readonly operationId: string;
  readonly needs: Action;
  readonly send: (api: Api, target: { readonly code: string }) => Promise<APIResponse>;
};

const study = ({ code }: { readonly code: string }, path: string): string => `/api/v1/studies/${code}${path}`;

/** The operations of the audit trail, asked for in a way that changes nothing even for those who may. */
export const AUDIT_ATTEMPTS: readonly AuditAttempt[] = [
  { operationId: "listAuditEvents", needs: "audit.read", send: (api, target) => api.get(study(target, "/audit")) },
  {
    operationId: "exportAuditEvents",
    needs: "audit.read",
    send: (api, target) => api.get(study(target, "/audit.csv")),
  },
  { operationId: "listInstallationAudit", needs: "audit.read-installation", send: (api) => api.get("/api/v1/audit") },
  {
    operationId: "exportInstallationAudit",
    needs: "audit.read-installation",
    send: (api) => api.get("/api/v1/audit.csv"),
  },
  {
    operationId: "reviewExceptions",
    needs: "sign.audit_review",
    send: (api, target) => {
      const signature = { meaning: "REVIEWED", password: "not the password" };
      const exceptions = [{ key: "LATE:nothing", changedAt: "2026-03-03T14:05:00Z" }];
      return api.post(study(target, "/audit/reviews"), { exceptions, note: "Tried out", signature });
    },
  },
];
