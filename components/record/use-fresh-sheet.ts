"use client";

import { useCallback, useEffect, useState } from "react";
import { readSheet } from "@/lib/client/read-sheet";
import type { RecordingSheet } from "@/lib/contracts/recording-sheet";

/** Of two readings the later one, whichever arrived first. */
const later = (one: RecordingSheet, other: RecordingSheet): RecordingSheet => (other.nowMs > one.nowMs ? other : one);

/**
 * The sheet, and how to read it anew: after saving, and when one comes back to the page, because others have gone on in
 * the meantime. It is asked for by itself and not with the page: a page that arrives late brings its address with it, and
 * would put the animal back that has just been left.
 */
export const useFreshSheet = (read: RecordingSheet): readonly [RecordingSheet, () => void] => {
  const [fetched, setFetched] = useState(read);
  const study = read.study.code;
  const refresh = useCallback(() => {
    void readSheet(study).then((sheet) => {
      if (sheet !== null) setFetched((known) => later(known, sheet));
    });
  }, [study]);
  useEffect(() => {
    const onVisible = (): void => {
      if (document.visibilityState === "visible") refresh();
    };
    document.addEventListener("visibilitychange", onVisible);
    window.addEventListener("online", onVisible);
    return () => {
      document.removeEventListener("visibilitychange", onVisible);
      window.removeEventListener("online", onVisible);
    };
  }, [refresh]);
  return [later(read, fetched), refresh];
};
