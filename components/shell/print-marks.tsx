"use client";

import { useEffect, useState } from "react";
import { flushSync } from "react-dom";
import { serverNow } from "@/lib/client/server-clock";
import { localDateText, localTimeText } from "@/lib/domain/time/local-time";

type PrintMarksProps = {
  /** "Study POM-001 · Board": on every sheet, for sheets come apart. */
  readonly of: string;
  /** "As known on 3 Mar 2026, 14:05 Asia/Kolkata"; null where what is known now is shown. */
  readonly knownAt: string | null;
  /** "Marta Weiss <marta@example.org>". */
  readonly reader: string;
  /** When the page was read, by the server's clock. */
  readonly readMs: number;
  readonly timeZone: string;
};

/** A text of CSS. Tags, codes and names hold any character: what could end the text or the style is written as a number. */
const cssText = (text: string): string =>
  `"${text.replace(/[^\p{L}\p{N} .,:·@+-]/gu, (character) => `\\${(character.codePointAt(0) ?? 0).toString(16)} `)}"`;

const minuteText = (ms: number, timeZone: string): string =>
  `${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}`;

/** For whom and when; a page that had been open for a while also says from when it is. */
const printedText = ({ reader, readMs, timeZone }: PrintMarksProps, printedMs: number): string => {
  const [printed, read] = [minuteText(printedMs, timeZone), minuteText(readMs, timeZone)];
  const from = printed === read ? "" : `; as it was read on ${read}`;
  return `Printed for ${reader} on ${printed} ${timeZone}${from}`;
};

/**
 * What stands in the margins of every sheet: of what it is, as known when, for whom and when it was printed, and which
 * sheet of how many. Browsers that leave margins empty have the first sheet's line.
 */
export const PrintMarks = (props: PrintMarksProps) => {
  const { of, knownAt, readMs } = props;
  const [printedMs, setPrintedMs] = useState(readMs);
  useEffect(() => {
    const openedMs = performance.now();
    // A device's clock may be behind: nothing is printed before it was read.
    const onPrint = (): void =>
      flushSync(() => setPrintedMs(Math.max(serverNow(), readMs + performance.now() - openedMs)));
    window.addEventListener("beforeprint", onPrint);
    return () => window.removeEventListener("beforeprint", onPrint);
  }, [readMs]);
  const printed = printedText(props, printedMs);
  const margins = [
    `@top-left{content:${cssText(of)}}`,
    ...(knownAt === null ? [] : [`@top-right{content:${cssText(knownAt)}}`]),
    `@bottom-left{content:${cssText(printed)}}`,
  ];
  return (
    <>
      <style>{`@page{${margins.join("")}}`}</style>
      <p className="mb-2 hidden text-xs text-ink-soft print:block">{printed}</p>
    </>
  );
};
