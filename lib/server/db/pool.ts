import "server-only";
import pg from "pg";

/** Connections of one process; an entry holds one for a few milliseconds. */
const MOST_CONNECTIONS = 10;
const PATIENCE_FOR_A_CONNECTION_MS = 10_000;

/**
 * What every session is held to. In UTC: Prisma's adapter reads and writes instants as if each session were. The
 * limits end what hangs before a person gives up.
 */
const SESSION_SETTINGS: Readonly<Record<string, string>> = {
  TimeZone: "UTC",
  statement_timeout: "15s",
  lock_timeout: "5s",
  idle_in_transaction_session_timeout: "10s",
  // No statement here runs so long that compiling it would pay; the reading of logs, with a branch for each kind of entry,
  // would be compiled each time.
  jit: "off",
};

const sessionOptions = (settings: Readonly<Record<string, string>>): string =>
  Object.entries(settings)
    .map(([name, value]) => `-c ${name}=${value}`)
    .join(" ");

/** The address with our session settings after any of its own, so that ours hold. */
const withSessionOptions = (url: string, settings: Readonly<Record<string, string>>): string => {
  const address = new URL(url);
  const own = address.searchParams.get("options");
  address.searchParams.set(
    "options",
    [own, sessionOptions(settings)].filter((part) => part !== null && part !== "").join(" "),
  );
  return address.href;
};

export type PoolLimits = {
  readonly connections?: number;
  /** Of one statement, for work that takes longer than a person waits, such as an import. */
  readonly statementTimeout?: string;
};

/** The pool of connections to a PostgreSQL at this address. */
export const openPool = (url: string, limits: PoolLimits = {}): pg.Pool => {
  const settings =
    limits.statementTimeout === undefined
      ? SESSION_SETTINGS
      : { ...SESSION_SETTINGS, statement_timeout: limits.statementTimeout };
  const pool = new pg.Pool({
    connectionString: withSessionOptions(url, settings),
    max: limits.connections ?? MOST_CONNECTIONS,
    connectionTimeoutMillis: PATIENCE_FOR_A_CONNECTION_MS,
    // A statement goes out without waiting for the answer to the one before: of a save, BEGIN with the lock, and the rows
    // with COMMIT.
    pipeline: true,
  });
  // An idle connection that the server closed: the pool drops it, and the next query takes another.
  pool.on("error", () => undefined);
  return pool;
};
