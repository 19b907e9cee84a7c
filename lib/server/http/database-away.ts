import "server-only";

/** Node's network errors, PostgreSQL's "not now" states and Prisma's words for the same. */
const AWAY_CODES: ReadonlySet<string> = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOTFOUND",
  "EHOSTUNREACH",
  "08000",
  "08001",
  "08003",
  "08006",
  "53300",
  "57P01",
  "57P02",
  "57P03",
  // A lock that did not come in time, a statement or a transaction that took too long, conflicts that outlasted retries.
  "55P03",
  "57014",
  "25P03",
  "40001",
  "40P01",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
]);

/** A connection lost in the middle of a query has no code of its own, in pg and in Prisma. */
const AWAY_WORDS =
  /connection terminated|connection error and is not queryable|timeout exceeded when trying to connect|can't reach database|server has closed the connection/i;

const textOf = (value: object, key: string): string => {
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : "";
};

/** Whether an exception means that the database cannot be reached just now, rather than a bug. */
export const isDatabaseAway = (thrown: unknown): boolean => {
  const open: unknown[] = [thrown];
  for (let hops = 0; hops < 20 && open.length > 0; hops += 1) {
    const error = open.pop();
    if (typeof error !== "object" || error === null) continue;
    if (AWAY_CODES.has(textOf(error, "code")) || AWAY_CODES.has(textOf(error, "originalCode"))) return true;
    if (textOf(error, "kind") === "DatabaseNotReachable" || textOf(error, "kind") === "ConnectionClosed") return true;
    if (AWAY_WORDS.test(textOf(error, "message"))) return true;
    open.push(Reflect.get(error, "cause"), Reflect.get(error, "meta"), Reflect.get(error, "driverAdapterError"));
    const several: unknown = Reflect.get(error, "errors");
    if (Array.isArray(several)) open.push(...(several as readonly unknown[]));
  }
  return false;
};
