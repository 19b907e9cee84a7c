import "server-only";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { readJson } from "@/lib/domain/record/read-json";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { inspectJson } from "./inspect-json";

export const USUAL_BODY_BYTES = 1024 * 1024;

const tooLarge = (maxBytes: number): Refusal =>
  refusal("BODY_TOO_LARGE", `The body may have at most ${maxBytes} bytes. Send it in parts.`);

const isJson = (request: Request): boolean =>
  /^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(request.headers.get("content-type") ?? "");

/** Reads no more than the cap, whatever the header said. */
const readBytes = async (request: Request, maxBytes: number): Promise<Result<Uint8Array, Refusal>> => {
  const declared = request.headers.get("content-length");
  if (declared !== null && Number(declared) > maxBytes) return refused(tooLarge(maxBytes));
  if (request.body === null) return ok(new Uint8Array());

  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.byteLength;
    if (size > maxBytes) {
      await reader.cancel();
      return refused(tooLarge(maxBytes));
    }
    chunks.push(part.value);
  }
  return ok(Buffer.concat(chunks));
};

const decodeText = (bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
};

/** The words of the parser itself quote the body and change with its version: ours do not. */
const parse = (text: string): Result<unknown, Refusal> => {
  const read = readJson(text);
  if (read.ok) return read;
  const { code, path, message } = read.fault;
  if (code !== "MALFORMED_JSON")
    return refused(refusal("INVALID_INPUT", `${path} ${message}.`, [{ path, code, message }]));
  return refused(
    refusal(
      "MALFORMED_JSON",
      text.trim() === ""
        ? "The body is empty; it must be a JSON document."
        : "The body is not a well-formed JSON document.",
    ),
  );
};

/** The JSON document of a request: typed as JSON, within the cap, well-formed, and free of what cannot be stored. */
export const readJsonBody = async (request: Request, maxBytes: number): Promise<Result<unknown, Refusal>> => {
  if (!isJson(request)) {
    return refused(refusal("WRONG_CONTENT_TYPE", "Send the body as content-type: application/json, in UTF-8."));
  }
  const bytes = await readBytes(request, maxBytes);
  if (!bytes.ok) return bytes;
  const text = decodeText(bytes.value);
  if (text === null) return refused(refusal("MALFORMED_JSON", "The body is not well-formed UTF-8."));
  const document = parse(text);
  if (!document.ok) return document;
  const fault = inspectJson(document.value);
  if (fault !== null) {
    return refused(refusal("INVALID_INPUT", `${fault.path} ${fault.message}.`, [fault]));
  }
  return document;
};
