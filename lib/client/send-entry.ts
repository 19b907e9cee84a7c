import { recordingAnswer, type RecordingAnswer } from "../contracts/entries/answer";
import type { SignatureInput } from "../contracts/signatures";
import { problem, type Problem } from "../contracts/problem";
import { noteServerClock } from "./server-clock";

/** What became of an entry that was sent. */
export type SendOutcome =
  | { readonly kind: "answered"; readonly answer: RecordingAnswer; readonly repeated: boolean }
  /** Nothing was saved, and sending the same again would be refused again. */
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "signed-out" }
  /** The server is there and cannot do it just now. Nothing was saved, as far as it says. */
  | { readonly kind: "unavailable"; readonly detail: string }
  /** No answer came: it may have been saved, and sending the same again is safe. */
  | { readonly kind: "no-answer" };

/** An entry is a few hundred bytes; what takes longer than this is not coming. */
const PATIENCE_MS = 20_000;

const UNREADABLE = "The server gave an answer that this page does not understand. Reload the page.";

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return null;
  }
};

const outcomeOf = async (response: Response): Promise<SendOutcome> => {
  const body = await jsonOf(response);
  if (response.ok) {
    const read = recordingAnswer.safeParse(body);
    if (!read.success) return { kind: "unavailable", detail: UNREADABLE };
    return { kind: "answered", answer: read.data, repeated: response.status === 200 };
  }
  const told = problem.safeParse(body);
  if (response.status === 401) return { kind: "signed-out" };
  const detail = told.success ? told.data.detail : `The server answered ${String(response.status)}.`;
  if (response.status >= 500 || response.status === 429 || !told.success) return { kind: "unavailable", detail };
  return { kind: "refused", problem: told.data };
};

const send = async (address: string, entry: unknown, signal: AbortSignal | null): Promise<SendOutcome> => {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json" },
      body: JSON.stringify(entry),
      cache: "no-store",
      signal: signal === null ? patience : AbortSignal.any([signal, patience]),
    });
    noteServerClock(response);
    return await outcomeOf(response);
  } catch {
    return { kind: "no-answer" };
  }
};

const entriesAddress = (study: string): string => `/api/v1/studies/${encodeURIComponent(study)}/entries`;

/** Records one entry, an order with its signature. Sent twice with the same id and content, it is recorded once. */
export const recordEntry = (
  study: string,
  entry: unknown,
  signature: SignatureInput | null = null,
): Promise<SendOutcome> =>
  send(entriesAddress(study), signature === null ? entry : { ...(entry as object), signature }, null);

/** What recording it would lead to; nothing is saved. */
export const previewEntry = (study: string, entry: unknown, signal: AbortSignal): Promise<SendOutcome> =>
  send(`${entriesAddress(study)}/preview`, entry, signal);
