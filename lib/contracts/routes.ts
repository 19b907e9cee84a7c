import * as z from "zod";
import {
  memberList,
  membershipChange,
  newUser,
  ownPasswordChange,
  user,
  userChange,
  userList,
  userParams,
} from "./accounts";
import { animalList, newAnimals } from "./animals";
import { historyQuery } from "./histories";
import { health } from "./health";
import { IDENTITY_REFUSALS, route } from "./route";
import { newStudy, study, studyList, studyParams } from "./studies";

const none = z.object({});
const noQuery = z.strictObject({});

export const readHealth = route({
  method: "GET",
  path: "/api/health",
  operationId: "readHealth",
  tag: "Server",
  summary: "Whether the server can work: its database, the migrations, its version",
  access: "public",
  params: none,
  query: noQuery,
  body: null,
  answers: {
    200: { description: "All is well", schema: health },
    503: { description: "The database is away, or its migrations are not those of this version", schema: health },
  },
  refusals: [],
});

export const readDescription = route({
  method: "GET",
  path: "/api/v1/openapi.json",
  operationId: "readDescription",
  tag: "Server",
  summary: "This description",
  access: "public",
  params: none,
  query: noQuery,
  body: null,
  answers: { 200: { description: "An OpenAPI 3.1 document", schema: z.looseObject({}) } },
  refusals: [],
});

export const listStudies = route({
  method: "GET",
  path: "/api/v1/studies",
  operationId: "listStudies",
  tag: "Studies",
  summary: "The studies you can see, with what you are in each",
  access: "signed-in",
  params: none,
  query: noQuery,
  body: null,
  answers: { 200: { description: "Your studies, by code", schema: studyList } },
  refusals: [],
});

export const createStudy = route({
  method: "POST",
  path: "/api/v1/studies",
  operationId: "createStudy",
  tag: "Studies",
  summary: "Make a study. Its code is the key: the same content again is no second study",
  access: "signed-in",
  installationAction: "study.create",
  params: none,
  query: noQuery,
  body: newStudy,
  answers: {
    200: { description: "The study was there already, with the same content", schema: study },
    201: { description: "The study, a draft without protocol", schema: study },
  },
  refusals: ["STUDY_EXISTS"],
});

export const readStudy = route({
  method: "GET",
  path: "/api/v1/studies/{code}",
  operationId: "readStudy",
  tag: "Studies",
  summary: "One study",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: { 200: { description: "The study", schema: study } },
  refusals: ["NOT_FOUND"],
});

export const listAnimals = route({
  method: "GET",
  path: "/api/v1/studies/{code}/animals",
  operationId: "listAnimals",
  tag: "Animals",
  summary: "The animals of a study by their own records, now or as known at an instant",
  access: "signed-in",
  params: studyParams,
  query: historyQuery,
  body: null,
  answers: { 200: { description: "Every animal, by tag", schema: animalList } },
  refusals: ["NOT_FOUND", "INVALID_VALUE"],
});

export const registerAnimals = route({
  method: "POST",
  path: "/api/v1/studies/{code}/animals",
  operationId: "registerAnimals",
  tag: "Animals",
  summary: "Register one animal or a list of them, all or none. The same content again is no second animal",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: newAnimals,
  answers: {
    200: { description: "All of them were there already, with the same content", schema: animalList },
    201: { description: "The animals", schema: animalList },
  },
  refusals: ["NOT_FOUND", "UNKNOWN_GROUP", "ANIMAL_EXISTS", "REPEATED_ANIMAL"],
});

export const listMembers = route({
  method: "GET",
  path: "/api/v1/studies/{code}/members",
  operationId: "listMembers",
  tag: "Accounts",
  summary: "Who works in a study, and as what",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: { 200: { description: "The people of the study, by email", schema: memberList } },
  refusals: ["NOT_FOUND"],
});

export const setMembership = route({
  method: "PUT",
  path: "/api/v1/studies/{code}/members",
  operationId: "setMembership",
  tag: "Accounts",
  summary: "Set the roles of one person in a study; no roles take the person out of it",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: membershipChange,
  answers: { 200: { description: "The people of the study now", schema: memberList } },
  refusals: ["NOT_FOUND", "UNKNOWN_USER", "ROLES_CONFLICT"],
});

export const listUsers = route({
  method: "GET",
  path: "/api/v1/users",
  operationId: "listUsers",
  tag: "Accounts",
  summary: "Every account",
  access: "signed-in",
  installationAction: "user.manage",
  params: none,
  query: noQuery,
  body: null,
  answers: { 200: { description: "The accounts, by email", schema: userList } },
  refusals: [],
});

export const createUser = route({
  method: "POST",
  path: "/api/v1/users",
  operationId: "createUser",
  tag: "Accounts",
  summary: "Make an account",
  access: "signed-in",
  installationAction: "user.manage",
  params: none,
  query: noQuery,
  body: newUser,
  answers: { 201: { description: "The account", schema: user } },
  refusals: ["EMAIL_TAKEN", "WEAK_PASSWORD"],
});

export const changeUser = route({
  method: "PUT",
  path: "/api/v1/users/{email}",
  operationId: "changeUser",
  tag: "Accounts",
  summary: "Change an account: name, password, administrator, auditor, disabled. A new password also ends a lock",
  access: "signed-in",
  installationAction: "user.manage",
  params: userParams,
  query: noQuery,
  body: userChange,
  answers: { 200: { description: "The account", schema: user } },
  refusals: ["NOT_FOUND", "WEAK_PASSWORD", "ROLES_CONFLICT"],
});

export const changeOwnPassword = route({
  method: "PUT",
  path: "/api/v1/account/password",
  operationId: "changeOwnPassword",
  tag: "Accounts",
  summary: "Replace your own password; every session and token of yours ends",
  access: "signed-in",
  params: none,
  query: noQuery,
  body: ownPasswordChange,
  answers: { 200: { description: "The password is the new one", schema: z.object({ changed: z.literal(true) }) } },
  refusals: [...IDENTITY_REFUSALS, "WEAK_PASSWORD"],
});

export const revokeOwnTokens = route({
  method: "DELETE",
  path: "/api/v1/account/tokens",
  operationId: "revokeOwnTokens",
  tag: "Accounts",
  summary: "End every personal token of yours",
  access: "signed-in",
  params: none,
  query: noQuery,
  body: null,
  answers: { 200: { description: "How many there were", schema: z.object({ revoked: z.int().nonnegative() }) } },
  refusals: [],
});
