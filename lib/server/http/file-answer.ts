import "server-only";
import { ok } from "@/lib/domain/result";
import type { Answer } from "./endpoint";

/** For browsers that know no UTF-8 names, and for those that do (RFC 6266). */
const dispositionOf = (name: string): string => {
  const plain = name.replaceAll(/[^\w.() -]/gu, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(name).replaceAll("'", "%27")}`;
};

/** A reader that takes nothing for so long is gone, or holds up what others wait for. */
const PATIENCE_MS = 60_000;

/**
 * Text that is made while it is read. Its first part is made before the answer begins, so that what fails at the start
 * is still told as a refusal. The making ends with the reading: at the end, when the reader goes away, before the first
 * byte too (`signal`: then nobody cancels the stream), and when the reader stops taking.
 */
const streamOf = async (
  parts: AsyncGenerator<string, void, undefined>,
  signal: AbortSignal,
): Promise<ReadableStream<Uint8Array>> => {
  const encoder = new TextEncoder();
  let first: IteratorResult<string, void> | null = await parts.next();
  let isBroken = false;
  const end = (): void => {
    clearTimeout(watch);
    signal.removeEventListener("abort", breakOff);
    // What fails in the ending has nobody left to be told.
    parts.return().catch(() => undefined);
  };
  const breakOff = (): void => {
    isBroken = true;
    end();
  };
  const watch = setTimeout(breakOff, PATIENCE_MS).unref();
  if (signal.aborted) breakOff();
  else signal.addEventListener("abort", breakOff);
  return new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      watch.refresh();
      const part = first ?? (await parts.next());
      first = null;
      if (isBroken) controller.error(new Error("the file was broken off: nobody took it"));
      else if (part.done === true) {
        end();
        controller.close();
      } else controller.enqueue(encoder.encode(part.value));
    },
    cancel: end,
  });
};

/** An answer that is a file to keep. */
export const fileAnswer = async (
  content: string | AsyncGenerator<string, void, undefined>,
  name: string,
  mediaType: string,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly value: Answer }> =>
  ok({
    status: 200,
    stream: typeof content === "string" ? content : await streamOf(content, signal),
    headers: { "content-type": `${mediaType}; charset=utf-8`, "content-disposition": dispositionOf(name) },
  });
