import "server-only";
import { databaseError } from "./database-error";

const textOf = (error: unknown, key: string): string => {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, key) : undefined;
  return typeof value === "string" ? value : "";
};

/** Serialization failure, deadlock, and the endings of a connection: nothing was saved, or it can be found by its id. */
const PASSING = new Set(["40001", "40P01", "57P01", "57P02", "08000", "08003", "08006", "ECONNRESET", "EPIPE"]);
const LOST_CONNECTION = /connection terminated|connection error and is not queryable/i;

const mayPass = (error: unknown): boolean => {
  const refusal = databaseError(error);
  // Somebody else stored the same id while this waited: the next try finds it.
  if (refusal?.state === "23505") return refusal.constraint === "entries_pkey";
  return PASSING.has(refusal?.state ?? textOf(error, "code")) || LOST_CONNECTION.test(textOf(error, "message"));
};

const MOST_TRIES = 3;
const PAUSE_MS = 50;

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Tries again what failed for a reason that may pass. Only for work that is safe to do twice. */
export const retrying = async <Value>(work: () => Promise<Value>): Promise<Value> => {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (tries >= MOST_TRIES || !mayPass(error)) throw error;
      await pause(PAUSE_MS * tries);
    }
  }
};
