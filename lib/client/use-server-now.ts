"use client";

import { useEffect, useState } from "react";
import { serverNow } from "./server-clock";

/** The server's clock, looked at again every so often; for what shows the time. */
export const useServerNow = (everyMs: number): number => {
  const [now, setNow] = useState(serverNow);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNow()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
};
