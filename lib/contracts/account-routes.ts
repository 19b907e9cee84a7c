import * as z from "zod";
import {
  begunFactor,
  factorRemoval,
  factorSetUp,
  firstCode,
  ownAccount,
  ownConfirmation,
  setFactor,
  userParams,
} from "./accounts";
import { IDENTITY_REFUSALS, route } from "./route";

const own = { tag: "Accounts", access: "signed-in", params: z.object({}), query: z.strictObject({}) } as const;
const removed = { 200: { description: "There is none any more", schema: z.object({ removed: z.literal(true) }) } };

export const readOwnAccount = route({
  ...own,
  method: "GET",
  path: "/api/v1/account",
  operationId: "readOwnAccount",
  summary: "Your own account: its second factor, and what is open in its name",
  body: null,
  answers: { 200: { description: "Your account", schema: ownAccount } },
  refusals: [],
});

export const endOwnSessions = route({
  ...own,
  method: "DELETE",
  path: "/api/v1/account/sessions",
  operationId: "endOwnSessions",
  summary: "End every session and personal token of yours, the one that asks included",
  body: null,
  answers: { 200: { description: "They are ended", schema: z.object({ ended: z.literal(true) }) } },
  refusals: [],
});

export const beginSecondFactor = route({
  ...own,
  method: "POST",
  path: "/api/v1/account/second-factor",
  operationId: "beginSecondFactor",
  summary: "Begin a second factor (RFC 6238), with your password: nothing asks for it until its first code was typed",
  body: factorSetUp,
  answers: { 200: { description: "What an authenticator app needs", schema: begunFactor } },
  refusals: ["WRONG_PASSWORD", "TOO_MANY_REQUESTS", "SECOND_FACTOR_SET"],
});

export const setSecondFactor = route({
  ...own,
  method: "PUT",
  path: "/api/v1/account/second-factor",
  operationId: "setSecondFactor",
  summary: "Set the second factor that was begun, with the first code of the app",
  body: firstCode,
  answers: { 200: { description: "It is in force; the recovery codes, shown once", schema: setFactor } },
  refusals: ["WRONG_CODE", "NO_SET_UP", "SECOND_FACTOR_SET"],
});

export const removeOwnSecondFactor = route({
  ...own,
  method: "POST",
  path: "/api/v1/account/second-factor/remove",
  operationId: "removeOwnSecondFactor",
  summary: "Take off your own second factor, with your password and a code",
  body: ownConfirmation,
  answers: removed,
  refusals: [...IDENTITY_REFUSALS, "NO_SECOND_FACTOR"],
});

export const removeSecondFactor = route({
  ...own,
  method: "POST",
  path: "/api/v1/users/{email}/second-factor/remove",
  operationId: "removeSecondFactor",
  summary: "Take the second factor off the account of somebody who lost it, for a reason; sessions and tokens end",
  installationAction: "user.manage",
  params: userParams,
  body: factorRemoval,
  answers: removed,
  refusals: ["NOT_FOUND", "NO_SECOND_FACTOR"],
});
