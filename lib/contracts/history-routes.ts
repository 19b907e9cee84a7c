import * as z from "zod";
import { animalHistory, bundleQuery, doseModificationFilters, historyQuery } from "./histories";
import { route } from "./route";
import { studyCode, studyParams } from "./studies";

/** The largest bundle that is taken, in bytes: a study of years, with every entry. */
const LARGEST_BUNDLE = 128 * 1024 * 1024;

/** What makes a bundle valid the domain's reader decides, which names the first fault's path. */
const bundle = z.unknown().meta({
  id: "Bundle",
  description: "A study as dose-history/1: study, protocols, animals and the log of entries. Unknown keys are kept",
  override: { type: "object" },
});

export const readAnimalHistory = route({
  method: "GET",
  path: "/api/v1/studies/{code}/animals/{tag}/history",
  operationId: "readAnimalHistory",
  tag: "Histories",
  summary:
    "What follows from an animal's log, each decision with its explanation; now, or as it was known at an instant",
  access: "signed-in",
  params: studyParams.extend({ tag: z.string().min(1).max(200) }),
  query: historyQuery,
  body: null,
  answers: { 200: { description: "The animal's object of dose-history/1", schema: animalHistory } },
  refusals: ["NOT_FOUND", "INVALID_VALUE"],
});

export const exportDoseModifications = route({
  method: "GET",
  path: "/api/v1/studies/{code}/dose-modifications.csv",
  operationId: "exportDoseModifications",
  tag: "Histories",
  summary: "The dose-modification history as a file, of the study or of what the filters leave",
  access: "signed-in",
  params: studyParams,
  query: doseModificationFilters,
  body: null,
  answers: {
    200: {
      description: "One row for each decision; above them the filters, row count, SHA-256, and who exported it when",
      schema: null,
      mediaType: "text/csv",
    },
  },
  refusals: ["NOT_FOUND", "INVALID_VALUE"],
});

export const exportBundle = route({
  method: "GET",
  path: "/api/v1/studies/{code}/bundle",
  operationId: "exportBundle",
  tag: "Studies",
  summary:
    "The whole study as dose-history/1, from one snapshot, with its proof; or as known at an instant: its log cut there, its protocol as signed then, its animals by their own records of then, all of them and under the tags they have now, as the entries name them",
  access: "signed-in",
  params: studyParams,
  query: bundleQuery,
  body: null,
  answers: { 200: { description: "The bundle, streamed", schema: bundle } },
  refusals: ["NOT_FOUND", "NO_PROTOCOL_DRAFT", "INVALID_VALUE"],
});

export const importStudy = route({
  method: "POST",
  path: "/api/v1/studies/import",
  operationId: "importStudy",
  tag: "Studies",
  summary: "Make a study of a dose-history/1 bundle, with ids and instants of recording kept, marked as imported",
  access: "signed-in",
  installationAction: "study.import",
  params: z.object({}),
  query: z.strictObject({ code: studyCode }),
  body: bundle,
  maxBodyBytes: LARGEST_BUNDLE,
  answers: {
    201: {
      description: "The study, and how much of what it holds",
      schema: z.object({ code: z.string(), animals: z.int(), entries: z.int(), events: z.int() }),
    },
  },
  refusals: ["STUDY_EXISTS", "INVALID_BUNDLE"],
});
