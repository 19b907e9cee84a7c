import * as z from "zod";
import {
  baselineCheck,
  draftQuery,
  protocolDifference,
  protocolSettings,
  protocolSignature,
  protocolVersion,
  versionQuery,
} from "./protocol";
import { IDENTITY_REFUSALS, route } from "./route";
import { studyParams } from "./studies";
import { whatIf, whatIfQuestion } from "./what-if";

const noQuery = z.strictObject({});

export const readProtocol = route({
  method: "GET",
  path: "/api/v1/studies/{code}/protocol",
  operationId: "readProtocol",
  tag: "Protocol",
  summary: "A version of the protocol: the one asked for, the one in force now, else the draft",
  access: "signed-in",
  params: studyParams,
  query: versionQuery,
  body: null,
  answers: {
    200: { description: "The protocol with its dose groups, every default filled in", schema: protocolVersion },
  },
  refusals: ["NOT_FOUND"],
});

export const draftProtocol = route({
  method: "PUT",
  path: "/api/v1/studies/{code}/protocol",
  operationId: "draftProtocol",
  tag: "Protocol",
  summary: "Save the draft, whole: of the first version with its dose groups, else of an amendment",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: protocolSettings,
  answers: { 200: { description: "The draft as saved", schema: protocolVersion } },
  refusals: ["NOT_FOUND", "INVALID_PROTOCOL", "PROTOCOL_CHANGED", "GROUPS_FIXED", "GROUP_IN_USE", "STUDY_LOCKED"],
});

export const signProtocol = route({
  method: "POST",
  path: "/api/v1/studies/{code}/protocol/sign",
  operationId: "signProtocol",
  tag: "Protocol",
  summary:
    "Sign the draft with your password. The first version is in force from the beginning, and the study is active; an amendment from its signature on, or from a later instant",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: protocolSignature,
  answers: { 200: { description: "The version in force", schema: protocolVersion } },
  refusals: [
    "NOT_FOUND",
    ...IDENTITY_REFUSALS,
    "NO_PROTOCOL_DRAFT",
    "PROTOCOL_CHANGED",
    "INVALID_PROTOCOL",
    "SIGNATURE_CONFLICT",
    "STUDY_LOCKED",
  ],
});

export const checkBaselines = route({
  method: "GET",
  path: "/api/v1/studies/{code}/protocol/baselines",
  operationId: "checkBaselines",
  tag: "Protocol",
  summary: "How many baselines recorded so far already meet a hold rule, and what per cent of baseline would say",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: { 200: { description: "What the protocol would say of untreated animals", schema: baselineCheck } },
  refusals: ["NOT_FOUND"],
});

export const discardProtocolDraft = route({
  method: "DELETE",
  path: "/api/v1/studies/{code}/protocol",
  operationId: "discardProtocolDraft",
  tag: "Protocol",
  summary: "Discard the draft of an amendment. That there was one stays in the audit trail",
  access: "signed-in",
  params: studyParams,
  query: draftQuery,
  body: null,
  answers: { 200: { description: "The version that is in force", schema: protocolVersion } },
  refusals: ["NOT_FOUND", "NO_PROTOCOL_DRAFT", "PROTOCOL_CHANGED", "STUDY_LOCKED"],
});

export const readProtocolDifference = route({
  method: "GET",
  path: "/api/v1/studies/{code}/protocol/difference",
  operationId: "readProtocolDifference",
  tag: "Protocol",
  summary: "What a version changes against the one before it, in words, and what can be said against it",
  access: "signed-in",
  params: studyParams,
  query: versionQuery,
  body: null,
  answers: { 200: { description: "Changes and findings, each with its setting's path", schema: protocolDifference } },
  refusals: ["NOT_FOUND"],
});

export const askWhatIf = route({
  method: "POST",
  path: "/api/v1/studies/{code}/protocol/what-if",
  operationId: "askWhatIf",
  tag: "Protocol",
  summary: "Replay a version, a draft or another reading over the recorded data: the days that would differ",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: whatIfQuestion,
  answers: { 200: { description: "Animal by animal the days that would differ; nothing is stored", schema: whatIf } },
  refusals: ["NOT_FOUND", "UNKNOWN_ANIMAL"],
});
