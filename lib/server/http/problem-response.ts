import "server-only";
import { problemDocument } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";

/** Nothing of ours may be kept by a cache, or be read as another type than it is sent as. */
export const ANSWER_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  "cross-origin-resource-policy": "same-origin",
} as const;

/** Seconds after which a client may try again. */
const RETRY_AFTER: Partial<Record<Refusal["code"], string>> = { DATABASE_UNAVAILABLE: "3", TOO_MANY_REQUESTS: "60" };

export const problemResponse = (refused: Refusal, extraHeaders: Readonly<Record<string, string>> = {}): Response => {
  const document = problemDocument(refused);
  const headers = new Headers({
    ...ANSWER_HEADERS,
    "content-type": "application/problem+json; charset=utf-8",
    ...extraHeaders,
  });
  const retryAfter = RETRY_AFTER[refused.code];
  if (retryAfter !== undefined) headers.set("retry-after", retryAfter);
  if (document.status === 401) headers.set("www-authenticate", 'Bearer realm="doseline"');
  return new Response(JSON.stringify(document), { status: document.status, headers });
};
