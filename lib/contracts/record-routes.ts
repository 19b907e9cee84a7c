import * as z from "zod";
import { recordingAnswer } from "./entries/answer";
import { entriesInput } from "./entries/entry";
import { recordingSheet } from "./recording-sheet";
import { IDENTITY_REFUSALS, route } from "./route";
import { studyParams } from "./studies";

const noQuery = z.strictObject({});

export const recordEntries = route({
  method: "POST",
  path: "/api/v1/studies/{code}/entries",
  operationId: "recordEntries",
  tag: "Entries",
  summary:
    "Record one entry or several, all or none; corrections and voids too. The same ids and content again are recorded once",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: entriesInput,
  answers: {
    200: { description: "All of it was recorded before: the first answer again", schema: recordingAnswer },
    201: { description: "What was recorded, and the decisions that follow", schema: recordingAnswer },
  },
  refusals: [
    "NOT_FOUND",
    "UNKNOWN_ANIMAL",
    "UNKNOWN_ENTRY",
    "REPEATED_ENTRY",
    "ENTRY_CONFLICT",
    "ENTRY_CHANGED",
    "ENTRY_IN_THE_FUTURE",
    "BEFORE_BIRTH",
    "IMPOSSIBLE_VALUE",
    "REASON_REQUIRED",
    "ANIMAL_OFF_STUDY",
    "ANIMAL_WITHOUT_GROUP",
    "STUDY_NOT_ACTIVE",
    ...IDENTITY_REFUSALS,
  ],
});

export const previewEntries = route({
  ...recordEntries,
  path: "/api/v1/studies/{code}/entries/preview",
  operationId: "previewEntries",
  summary: "What recording would answer, with the same refusals; nothing is stored",
  answers: { 200: { description: "The answer that recording would give", schema: recordingAnswer } },
});

export const readRecordingSheet = route({
  method: "GET",
  path: "/api/v1/studies/{code}/recording-sheet",
  operationId: "readRecordingSheet",
  tag: "Entries",
  summary: "What entry forms start from: each animal with its status, dose, last values and baselines",
  access: "signed-in",
  params: studyParams,
  query: noQuery,
  body: null,
  answers: { 200: { description: "The animals of the study, as they stand", schema: recordingSheet } },
  refusals: ["NOT_FOUND"],
});
