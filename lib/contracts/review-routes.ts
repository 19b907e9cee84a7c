import * as z from "zod";
import { animalChange, animalParams, changedAnimal, changeList } from "./animal-changes";
import { reviewDecisions, reviewList } from "./reviews";
import { IDENTITY_REFUSALS, route } from "./route";
import { studyParams } from "./studies";

const noQuery = z.strictObject({});

export const changeAnimal = route({
  method: "POST",
  path: "/api/v1/studies/{code}/animals/{tag}/changes",
  operationId: "changeAnimal",
  tag: "Animals",
  summary:
    "Change an animal's own record with a reason: sex, birth date, group before its first dose, room, cage, a mistyped tag",
  access: "signed-in",
  params: animalParams,
  query: noQuery,
  body: animalChange,
  answers: {
    200: { description: "It was changed before: the first answer again", schema: changedAnimal },
    201: { description: "The animal as it is now, and the change with the old values", schema: changedAnimal },
  },
  refusals: [
    "NOT_FOUND",
    "CHANGE_CONFLICT",
    "NOTHING_TO_CHANGE",
    "ANIMAL_EXISTS",
    "ANIMAL_DOSED",
    "UNKNOWN_GROUP",
    "BEFORE_BIRTH",
    "STUDY_LOCKED",
  ],
});

export const listAnimalChanges = route({
  method: "GET",
  path: "/api/v1/studies/{code}/animals/{tag}/changes",
  operationId: "listAnimalChanges",
  tag: "Animals",
  summary: "What was changed of an animal's own record, with the old values; under a former tag as well",
  access: "signed-in",
  params: animalParams,
  query: noQuery,
  body: null,
  answers: { 200: { description: "The changes, the latest first", schema: changeList } },
  refusals: ["NOT_FOUND"],
});

export const listReviews = route({
  method: "GET",
  path: "/api/v1/studies/{code}/reviews",
  operationId: "listReviews",
  tag: "Reviews",
  summary:
    "Corrections, voids and late entries that changed decisions, each with then, now and what was dosed meanwhile",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: {
    200: { description: "Those that wait first, then the decided ones, the latest first", schema: reviewList },
  },
  refusals: ["NOT_FOUND"],
});

export const signReviews = route({
  method: "POST",
  path: "/api/v1/studies/{code}/reviews/sign",
  operationId: "signReviews",
  tag: "Reviews",
  summary: "Decide what was changed, one item or several read as one list, and sign with your password; all or none",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: reviewDecisions,
  answers: { 200: { description: "The items as they stand now", schema: reviewList } },
  refusals: ["NOT_FOUND", "UNKNOWN_REVIEW", "SIGNED_ALREADY", "SIGNATURE_CONFLICT", ...IDENTITY_REFUSALS],
});
