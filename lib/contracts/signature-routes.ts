import * as z from "zod";
import { IDENTITY_REFUSALS, route } from "./route";
import { listToSign, signatureList } from "./signatures";
import { lifeStep } from "./study-life";
import { study, studyParams } from "./studies";

const noQuery = z.strictObject({});

export const listSignatures = route({
  method: "GET",
  path: "/api/v1/studies/{code}/signatures",
  operationId: "listSignatures",
  tag: "Signatures",
  summary: "What waits for a signature, and every signature with whether what was signed still stands",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: {
    200: { description: "Waiting items by time of recording; signatures, oldest first", schema: signatureList },
  },
  refusals: ["NOT_FOUND"],
});

export const signList = route({
  method: "POST",
  path: "/api/v1/studies/{code}/signatures",
  operationId: "signList",
  tag: "Signatures",
  summary: "Sign several things that were read as one list, all or none, with your password once",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: listToSign,
  answers: { 200: { description: "What waits now, and every signature", schema: signatureList } },
  refusals: [
    "NOT_FOUND",
    ...IDENTITY_REFUSALS,
    "UNKNOWN_ENTRY",
    "SIGNED_ALREADY",
    "SIGNED_CONTENT_CHANGED",
    "STUDY_LOCKED",
  ],
});

const step = { method: "POST", tag: "Studies", access: "signed-in", params: studyParams, query: noQuery } as const;
const ofEveryStep = ["NOT_FOUND", ...IDENTITY_REFUSALS, "SIGNATURE_CONFLICT", "STUDY_LOCKED"] as const;

export const lockStudy = route({
  ...step,
  path: "/api/v1/studies/{code}/lock",
  operationId: "lockStudy",
  summary: "Declare the data complete, signed and with a reason: nothing is entered until the study is unlocked",
  body: lifeStep,
  answers: { 200: { description: "The study, locked", schema: study } },
  refusals: [...ofEveryStep, "STUDY_NOT_ACTIVE"],
});

export const unlockStudy = route({
  ...step,
  path: "/api/v1/studies/{code}/unlock",
  operationId: "unlockStudy",
  summary: "Open a locked study again, signed and with a reason",
  body: lifeStep,
  answers: { 200: { description: "The study, active again", schema: study } },
  refusals: [...ofEveryStep, "STUDY_NOT_LOCKED"],
});

export const archiveStudy = route({
  ...step,
  path: "/api/v1/studies/{code}/archive",
  operationId: "archiveStudy",
  summary:
    "End a locked study's life, signed and with a reason: it is read, exported and verified, and never changed again",
  body: lifeStep,
  answers: { 200: { description: "The study, archived", schema: study } },
  refusals: [...ofEveryStep, "STUDY_NOT_LOCKED"],
});
