import { randomUUID } from "node:crypto";
import type { APIResponse } from "@playwright/test";
import type { Action } from "@/lib/domain/access/permissions";
import type { Api } from "./api";

type AccountAttempt = {
  readonly operationId: string;
  readonly needs: Action | null;
  readonly send: (api: Api) => Promise<APIResponse>;
};

/** What is asked of accounts, in a way that changes nothing even for those who may. */
export const ACCOUNT_ATTEMPTS: readonly AccountAttempt[] = [
  { operationId: "listUsers", needs: "user.manage", send: (api) => api.get("/api/v1/users") },
  {
    operationId: "createUser",
    needs: "user.manage",
    send: (api) =>
      api.post("/api/v1/users", { email: "director@demo.local", name: "Taken", password: `long ${randomUUID()}` }),
  },
  {
    operationId: "changeUser",
    needs: "user.manage",
    send: (api) => api.put("/api/v1/users/nobody@e2e.test", { name: "Nobody" }),
  },
  {
    operationId: "changeOwnPassword",
    needs: null,
    send: (api) => api.put("/api/v1/account/password", { password: "wrong", newPassword: `long ${randomUUID()}` }),
  },
  { operationId: "revokeOwnTokens", needs: null, send: (api) => api.delete("/api/v1/account/tokens") },
  { operationId: "readOwnAccount", needs: null, send: (api) => api.get("/api/v1/account") },
  { operationId: "endOwnSessions", needs: null, send: (api) => api.delete("/api/v1/account/sessions?none=1") },
  { operationId: "beginSecondFactor", needs: null, send: (api) => api.post("/api/v1/account/second-factor", {}) },
  { operationId: "setSecondFactor", needs: null, send: (api) => api.put("/api/v1/account/second-factor", {}) },
  {
    operationId: "removeOwnSecondFactor",
    needs: null,
    send: (api) => api.post("/api/v1/account/second-factor/remove", {}),
  },
  {
    operationId: "removeSecondFactor",
    needs: "user.manage",
    send: (api) => api.post("/api/v1/users/nobody@example.org/second-factor/remove", { reason: "Tried out" }),
  },
];
