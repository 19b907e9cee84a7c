import { problem, type FieldFault, type Problem } from "@/lib/contracts/problem";

/** What came of a request: the answer, a refusal with its fields, or no network (nothing is known, send again). */
export type Sent =
  | { readonly outcome: "done"; readonly status: number; readonly body: unknown }
  | { readonly outcome: "refused"; readonly problem: Problem }
  | { readonly outcome: "no-network" };

/** Sends JSON to the API with the session of this browser. */
export const sendJson = async (
  method: "POST" | "PUT" | "DELETE",
  address: string,
  body: unknown,
  signal: AbortSignal | null = null,
): Promise<Sent> => {
  try {
    const response = await fetch(address, {
      method,
      headers: { "content-type": "application/json" },
      body: typeof body === "string" ? body : JSON.stringify(body),
      signal,
    });
    const answer: unknown = await response.json();
    if (response.ok) return { outcome: "done", status: response.status, body: answer };
    const read = problem.safeParse(answer);
    return read.success ? { outcome: "refused", problem: read.data } : { outcome: "no-network" };
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    return { outcome: "no-network" };
  }
};

export const NO_NETWORK =
  "The server cannot be reached; nothing was saved. Check the network of this device and try again.";

/** The same as what is wrong with a form as a whole. */
export const NO_NETWORK_FAULT: FieldFault = { path: "$", code: "", message: NO_NETWORK };

/** A refusal as lines for a form: each names its field where there is one. */
export const faultsOf = ({ detail, errors }: Problem): readonly FieldFault[] =>
  errors.length > 0 ? errors : [{ path: "$", code: "", message: detail }];
