"use client";

import { useSyncExternalStore } from "react";

const noSubscription = (): (() => void) => () => undefined;

/** False while the page is made on the server: what is kept on the device, and its clock, are not known there. */
export const useOnDevice = (): boolean =>
  useSyncExternalStore(
    noSubscription,
    () => true,
    () => false,
  );
