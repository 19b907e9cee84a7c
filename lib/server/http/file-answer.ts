import "server-only";
import { ok } from "@/lib/domain/result";
import type { Answer } from "./endpoint";

/** For browsers that know no UTF-8 names, and for those that do (RFC 6266). */
const dispositionOf = (name: string): string => {
  const plain = name.replaceAll(/[^\w.() -]/gu, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`;
};

/**
 * Text that is made while it is read. Its first part is made before the answer begins, so that what fails at the start
 * is still told as a refusal; a reader who goes away ends the making.
 */
const streamOf = async (parts: AsyncGenerator<string, void, undefined>): Promise<ReadableStream<Uint8Array>> => {
  const encoder = new TextEncoder();
  let next = await parts.next();
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      if (next.done === true) {
        controller.close();
        return;
      }
      controller.enqueue(encoder.encode(next.value));
      next = await parts.next();
    },
    cancel: async () => {
      await parts.return();
    },
  });
};

/** An answer that is a file to keep. */
export const fileAnswer = async (
  content: string | AsyncGenerator<string, void, undefined>,
  name: string,
  mediaType: string,
): Promise<{ readonly ok: true; readonly value: Answer }> =>
  ok({
    status: 200,
    stream: typeof content === "string" ? content : await streamOf(content),
    headers: { "content-type": `${mediaType}; charset=utf-8`, "content-disposition": dispositionOf(name) },
  });
