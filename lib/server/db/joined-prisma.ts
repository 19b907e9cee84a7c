import "server-only";
import { AsyncLocalStorage } from "node:async_hooks";
import type { SqlDriverAdapter, SqlDriverAdapterFactory, Transaction } from "@prisma/driver-adapter-utils";
import { PrismaPg } from "@prisma/adapter-pg";
import type { Pool, PoolClient } from "pg";
import { PrismaClient } from "@/generated/prisma/client";
import type { Prisma } from "@/generated/prisma/client";

/** What Prisma's client does within a transaction, and outside of one. */
export type PrismaQueries = Prisma.TransactionClient;

const shared = globalThis as { doselineJoining?: AsyncLocalStorage<PoolClient> };

/**
 * The connection whose transaction Prisma is just joining. One for the process, as the database is: a build has this module
 * several times over, and the one that opened the database is not always the one that asks.
 */
const joining = (shared.doselineJoining ??= new AsyncLocalStorage<PoolClient>());

/**
 * A transaction of Prisma's that is only a view of ours: its statements go out on the connection that we hold, and BEGIN,
 * COMMIT and ROLLBACK stay with us.
 */
const viewOf = (adapter: SqlDriverAdapter, client: PoolClient): Transaction => {
  const own = Object.create(adapter, { client: { value: client } }) as SqlDriverAdapter;
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    options: { usePhantomQuery: true },
    queryRaw: (query) => own.queryRaw(query),
    executeRaw: (query) => own.executeRaw(query),
    commit: () => Promise.resolve(),
    rollback: () => Promise.resolve(),
  };
};

const joiningFactory = (pool: Pool): SqlDriverAdapterFactory => {
  const factory = new PrismaPg(pool);
  return {
    provider: factory.provider,
    adapterName: factory.adapterName,
    connect: async () => {
      const adapter: SqlDriverAdapter = await factory.connect();
      const startTransaction = adapter.startTransaction.bind(adapter);
      adapter.startTransaction = (isolationLevel) => {
        const client = joining.getStore();
        return client === undefined ? startTransaction(isolationLevel) : Promise.resolve(viewOf(adapter, client));
      };
      return adapter;
    },
  };
};

/** Prisma's client over a pool: one, with what it has compiled, for all connections. */
export const openPrisma = (pool: Pool): PrismaClient => new PrismaClient({ adapter: joiningFactory(pool) });

const readying = new WeakMap<PrismaClient, Promise<void>>();

/** Loads what Prisma's client compiles queries with, before a transaction waits for it. */
export const readyPrisma = (prisma: PrismaClient): Promise<void> => {
  const known = readying.get(prisma) ?? prisma.$connect();
  readying.set(prisma, known);
  return known;
};

/** PostgreSQL ends what takes too long; Prisma's own patience must not end sooner. */
const PATIENCE = { timeout: 2_000_000_000, maxWait: 60_000 };

export type JoinedPrisma = {
  /** Prisma's client in our transaction. */
  readonly queries: PrismaQueries;
  /** From here on Prisma refuses to send anything more on this connection. */
  readonly leave: () => Promise<void>;
};

/** Lets Prisma's client take part in the transaction that is open on a connection. */
export const joinTransaction = (prisma: PrismaClient, client: PoolClient): Promise<JoinedPrisma> =>
  new Promise((resolve, reject) => {
    let over: () => void = () => undefined;
    const untilOver = new Promise<void>((end) => {
      over = end;
    });
    const whole = joining.run(client, () =>
      prisma.$transaction((queries) => {
        resolve({
          queries,
          leave: () => {
            over();
            return whole;
          },
        });
        return untilOver;
      }, PATIENCE),
    );
    whole.catch(reject);
  });
