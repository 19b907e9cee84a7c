"use client";

import { useEffect, useRef } from "react";
import { Button } from "./button";
import { KeyHint } from "./key-hint";
import { usePageKeys } from "./page-keys";
import type { KeyLine } from "./page-keys";
import { isTyping, takesNumbers } from "./typing-target";

type KeyboardHelpProps = { readonly lines: readonly KeyLine[] };

/** `?` lists the keys that work on this page. */
export const KeyboardHelp = ({ lines }: KeyboardHelpProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  const ofPage = usePageKeys();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.key !== "?" ||
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        (isTyping(event.target) && !takesNumbers(event.target))
      )
        return;
      event.preventDefault();
      if (dialog.current?.open === false) dialog.current.showModal();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, []);
  return (
    <>
      <button
        type="button"
        onClick={() => dialog.current?.showModal()}
        className="inline-flex min-h-6 items-center gap-1.5 text-sm text-ink-soft hover:text-ink print:hidden pointer-coarse:hidden"
      >
        <KeyHint>?</KeyHint> keys
      </button>
      <dialog
        ref={dialog}
        aria-label="Keys"
        className="w-[min(28rem,calc(100vw-2rem))] rounded-panel border border-hairline bg-surface p-5 text-ink"
      >
        <p className="mb-3 text-lg font-semibold">Keys</p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2">
          {[...ofPage, ...lines].map(({ keys, does }) => (
            <div key={does} className="contents">
              <dt className="flex items-start gap-1">
                {keys.map((key) => (
                  <KeyHint key={key}>{key}</KeyHint>
                ))}
              </dt>
              <dd className="text-ink-soft">{does}</dd>
            </div>
          ))}
        </dl>
        <form method="dialog" className="mt-4">
          <Button type="submit">Close</Button>
        </form>
      </dialog>
    </>
  );
};
