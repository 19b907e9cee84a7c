import { recordingAnswer, type RecordingAnswer } from "../contracts/entries/answer";
import type { SignatureInput } from "../contracts/signatures";
import { type NotDone, send } from "./send";

/** What became of an entry that was sent. */
export type SendOutcome =
  { readonly kind: "answered"; readonly answer: RecordingAnswer; readonly repeated: boolean } | NotDone;

/** An entry is a few hundred bytes: an answer that takes longer than this is lost. */
const ENTRY_TIMEOUT_MS = 20_000;

const UNREADABLE = "The server gave an answer that this page does not understand. Reload the page.";

const sendEntry = async (address: string, entry: unknown, signal?: AbortSignal): Promise<SendOutcome> => {
  const sent = await send("POST", address, entry, {
    timeoutMs: ENTRY_TIMEOUT_MS,
    ...(signal === undefined ? {} : { signal }),
  });
  if (sent.kind !== "done") return sent;
  const read = recordingAnswer.safeParse(sent.body);
  if (!read.success) return { kind: "unavailable", detail: UNREADABLE };
  return { kind: "answered", answer: read.data, repeated: sent.status === 200 };
};

const entriesAddress = (study: string): string => `/api/v1/studies/${encodeURIComponent(study)}/entries`;

/** Records one entry, an order with its signature. Sent twice with the same id and content, it is recorded once. */
export const recordEntry = (
  study: string,
  entry: unknown,
  signature: SignatureInput | null = null,
): Promise<SendOutcome> =>
  sendEntry(entriesAddress(study), signature === null ? entry : { ...(entry as object), signature });

/** What recording it would lead to; nothing is saved. */
export const previewEntry = (study: string, entry: unknown, signal: AbortSignal): Promise<SendOutcome> =>
  sendEntry(`${entriesAddress(study)}/preview`, entry, signal);
