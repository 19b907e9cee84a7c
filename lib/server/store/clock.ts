import "server-only";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";

/** The database's clock, as for every instant: all servers of an installation go by the same. */
export const clockOf = async (on: Transaction = connection): Promise<Date> => {
  const [row] = await on.query<{ readonly now: Date }>({ name: "clock", text: "SELECT clock_timestamp() AS now" });
  if (row === undefined) throw new Error("the database has no clock");
  return row.now;
};

export const before = (instant: Date, seconds: number): Date => new Date(instant.getTime() - seconds * 1000);
export const after = (instant: Date, seconds: number): Date => new Date(instant.getTime() + seconds * 1000);
