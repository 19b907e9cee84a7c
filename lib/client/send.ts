import { problem, type FieldFault, type Problem } from "../contracts/problem";
import { noteServerClock } from "./server-clock";

/** What became of a request. Only a refusal says that nothing was saved. */
export type Sent =
  | { readonly kind: "done"; readonly status: number; readonly body: unknown }
  /** The same content would be refused again. */
  | { readonly kind: "refused"; readonly problem: Problem }
  | { readonly kind: "signed-out" }
  /** The server answered and cannot do it now. */
  | { readonly kind: "unavailable"; readonly detail: string }
  /** No answer: it may have been saved. Sending it again with the same id is safe. */
  | { readonly kind: "no-answer" };

export type NotDone = Exclude<Sent, { readonly kind: "done" }>;

const jsonOf = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    return null;
  }
};

const outcomeOf = async (response: Response): Promise<Sent> => {
  const body = await jsonOf(response);
  if (response.ok) {
    // The request was done; an answer that broke off or is not ours says nothing of what it holds.
    return body === null ? { kind: "no-answer" } : { kind: "done", status: response.status, body };
  }
  if (response.status === 401) return { kind: "signed-out" };
  const read = problem.safeParse(body);
  const detail = read.success ? read.data.detail : `The server answered ${String(response.status)}.`;
  if (response.status >= 500 || response.status === 429 || !read.success) return { kind: "unavailable", detail };
  return { kind: "refused", problem: read.data };
};

type SendOptions = {
  /** Ends the request; its outcome is then "no-answer". */
  readonly signal?: AbortSignal;
  /** How long an answer is waited for; without it, as long as the connection lasts. */
  readonly timeoutMs?: number;
};

/** Sends JSON to the API with the session of this browser. A text is sent as the JSON that it is. Never throws. */
export const send = async (
  method: "POST" | "PUT" | "DELETE",
  address: string,
  body: unknown,
  { signal, timeoutMs }: SendOptions = {},
): Promise<Sent> => {
  const signals = [signal, timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs)];
  try {
    const response = await fetch(address, {
      method,
      headers: { "content-type": "application/json", accept: "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      cache: "no-store",
      signal: AbortSignal.any(signals.filter((one) => one !== undefined)),
    });
    noteServerClock(response);
    return await outcomeOf(response);
  } catch {
    return { kind: "no-answer" };
  }
};

const ofForm = (message: string): readonly FieldFault[] => [{ path: "$", code: "", message }];

/** What a form shows for a request that was not done: at its fields where the refusal names them. */
export const faultsOf = (sent: NotDone): readonly FieldFault[] => {
  switch (sent.kind) {
    case "refused":
      return sent.problem.errors.length > 0 ? sent.problem.errors : ofForm(sent.problem.detail);
    case "signed-out":
      return ofForm("You are signed out. Sign in again in another tab, then send this again.");
    case "unavailable":
      return ofForm(`${sent.detail} Try again.`);
    case "no-answer":
      return ofForm("No answer from the server: this may have been saved. Check the network, then send it again.");
  }
};
