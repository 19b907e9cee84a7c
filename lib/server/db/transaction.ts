import "server-only";
import type { PoolClient, QueryResultRow } from "pg";
import type { Database } from "./database";
import { joinTransaction, readyPrisma } from "./joined-prisma";
import type { JoinedPrisma, PrismaQueries } from "./joined-prisma";

/** One statement. With a name it is prepared once on each connection. */
export type Statement = { readonly name?: string; readonly text: string; readonly values?: readonly unknown[] };

/** One connection inside a transaction: for Prisma, and for plain SQL. */
export type Transaction = {
  /** Prisma's client on this connection, in this transaction; it joins where it is first asked for. */
  readonly prisma: () => Promise<PrismaQueries>;
  readonly query: <Row extends QueryResultRow>(statement: Statement) => Promise<readonly Row[]>;
};

/** What a transaction's work comes to: kept, or taken back. Whatever is thrown is taken back too. */
export type Outcome<Value> = {
  readonly keep: boolean;
  readonly value: Value;
  /** Its last statement, of which nothing is read: it is sent together with the COMMIT. */
  readonly last?: Statement;
};

const queryOn = <Row extends QueryResultRow>(client: PoolClient, { values, ...statement }: Statement) =>
  client.query<Row>({ ...statement, values: values === undefined ? [] : [...values] });

type OwnTransaction = Transaction & { readonly leave: () => Promise<void> };

/** BEGIN is sent together with the first statement, whose answer counts only if there is a transaction. */
export const transactionOn = (
  { prisma }: Pick<Database, "prisma">,
  client: PoolClient,
  begun: Promise<unknown>,
): OwnTransaction => {
  let joined: Promise<JoinedPrisma> | undefined;
  return {
    prisma: async () => {
      await begun;
      joined ??= joinTransaction(prisma, client);
      return (await joined).queries;
    },
    query: async <Row extends QueryResultRow>(statement: Statement) => {
      const [{ rows }] = await Promise.all([queryOn<Row>(client, statement), begun]);
      return rows;
    },
    leave: async () => {
      await joined?.then(({ leave }) => leave());
    },
  };
};

/** Where the last statement fails, COMMIT finds an aborted transaction and takes it back. */
const end = async (client: PoolClient, keep: boolean, last: Statement | undefined): Promise<void> => {
  const lastDone = keep && last !== undefined ? queryOn(client, last) : null;
  await Promise.all([lastDone, client.query(keep ? "COMMIT" : "ROLLBACK")]);
};

/** What is to be done once a transaction's work is kept, each under its name once. */
const afterwards = new WeakMap<Transaction, Map<string, () => Promise<void>>>();

/**
 * Has something done after the COMMIT, before its transaction's caller goes on, on another connection; nothing where the
 * work is taken back. What is done throws nothing: the work is kept already. Under one name it is done once.
 */
export const whenCommitted = (transaction: Transaction, name: string, work: () => Promise<void>): void => {
  const known = afterwards.get(transaction) ?? new Map<string, () => Promise<void>>();
  afterwards.set(transaction, known.set(name, work));
};

const runTransaction = async <Value>(
  { pool, prisma }: Database,
  work: (transaction: Transaction) => Promise<Outcome<Value>>,
): Promise<{ readonly value: Value; readonly committed: Transaction | null }> => {
  await readyPrisma(prisma);
  const client = await pool.connect();
  let broken = false;
  // A connection that breaks between two statements says so here, and the next statement fails.
  const onError = (): void => {
    broken = true;
  };
  client.on("error", onError);
  const begun = client.query("BEGIN");
  const { leave, ...transaction } = transactionOn({ prisma }, client, begun);
  try {
    const { keep, value, last } = await work(transaction);
    await Promise.all([begun, leave()]);
    await end(client, keep, last);
    return { value, committed: keep ? transaction : null };
  } catch (error) {
    await leave().catch(onError);
    await client.query("ROLLBACK").catch(onError);
    throw error;
  } finally {
    await begun.catch(onError);
    client.off("error", onError);
    client.release(broken);
  }
};

/**
 * Runs work in one transaction (READ COMMITTED: who must see what others commit takes a row's lock first). A connection
 * that could not even roll back is thrown away, with its transaction.
 */
export const inTransaction = async <Value>(
  on: Database,
  work: (transaction: Transaction) => Promise<Outcome<Value>>,
): Promise<Value> => {
  const { value, committed } = await runTransaction(on, work);
  const after = committed === null ? undefined : afterwards.get(committed);
  for (const next of after?.values() ?? []) await next();
  return value;
};
