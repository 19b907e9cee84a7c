import "server-only";

/** What PostgreSQL said, through whichever of its two clients. */
export type DatabaseError = {
  /** SQLSTATE, of five characters. */
  readonly state: string;
  readonly message: string;
  /** The name of the constraint that refused. */
  readonly constraint: string | null;
};

const member = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined;

const textOf = (value: unknown, key: string): string | null => {
  const found = member(value, key);
  return typeof found === "string" ? found : null;
};

/** Prisma wraps what its adapter wrapped. */
const fromPrisma = (thrown: unknown): DatabaseError | null => {
  const cause = member(member(member(thrown, "meta"), "driverAdapterError"), "cause");
  const state = textOf(cause, "originalCode");
  if (state === null) return null;
  const constraint = textOf(member(cause, "constraint"), "index");
  return { state, message: textOf(cause, "originalMessage") ?? "", constraint };
};

/** Of pg's errors only those of the server have a severity. */
const fromPg = (thrown: unknown): DatabaseError | null => {
  const state = textOf(thrown, "severity") === null ? null : textOf(thrown, "code");
  return state === null
    ? null
    : { state, message: textOf(thrown, "message") ?? "", constraint: textOf(thrown, "constraint") };
};

/** What the database refused, and why; null where something else was thrown. */
export const databaseError = (thrown: unknown): DatabaseError | null => fromPrisma(thrown) ?? fromPg(thrown);
