import { randomUUID } from "node:crypto";
import * as z from "zod";
import { recordingAnswer } from "@/lib/contracts/entries/answer";
import { answered, type Api } from "./api";

const storedEntry = z.looseObject({
  id: z.string(),
  animal: z.string(),
  kind: z.string().optional(),
  recordedAt: z.string(),
  recordedBy: z.string().optional(),
});
export type StoredEntry = z.output<typeof storedEntry>;

/** Everything that is stored of one animal, as the export of its study says it. */
export const storedEntries = async (reader: Api, code: string, tag: string): Promise<readonly StoredEntry[]> => {
  const bundle = await answered(
    await reader.get(`/api/v1/studies/${code}/bundle`),
    200,
    z.looseObject({ entries: z.array(storedEntry) }),
  );
  return bundle.entries.filter(({ animal }) => animal === tag);
};

/** Records as a program does, under an id of its own; observed now, unless told. */
export const record = async (
  recorder: Api,
  code: string,
  entry: { readonly kind: string; readonly animal: string } & Readonly<Record<string, unknown>>,
): Promise<z.output<typeof recordingAnswer>> => {
  const sent = { id: randomUUID(), observedAt: new Date(Date.now() - 1000).toISOString(), ...entry };
  return answered(await recorder.post(`/api/v1/studies/${code}/entries`, sent), 201, recordingAnswer);
};
