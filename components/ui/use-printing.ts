import { useSyncExternalStore } from "react";

const paper = (): MediaQueryList => window.matchMedia("print");

const subscribe = (onChange: () => void): (() => void) => {
  const media = paper();
  media.addEventListener("change", onChange);
  return () => media.removeEventListener("change", onChange);
};

/** Whether the page is on its way to paper: then what is folded is there as well. */
export const usePrinting = (): boolean =>
  useSyncExternalStore(
    subscribe,
    () => paper().matches,
    () => false,
  );
