import "server-only";
import type { Pool } from "pg";
import type { PrismaClient } from "@/generated/prisma/client";
import { serverEnvironment } from "@/lib/server/config/environment";
import { openPrisma } from "./joined-prisma";
import { openPool } from "./pool";
import type { PoolLimits } from "./pool";

/** One PostgreSQL, reached in two ways over the same connections: plain SQL where it must be, Prisma elsewhere. */
export type Database = {
  readonly pool: Pool;
  readonly prisma: PrismaClient;
  readonly close: () => Promise<void>;
};

export const openDatabase = (url: string, limits: PoolLimits = {}): Database => {
  const pool = openPool(url, limits);
  const prisma = openPrisma(pool);
  const close = async (): Promise<void> => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { pool, prisma, close };
};

/** A development server loads modules again and again; its connections are opened once. */
const opened = globalThis as { doselineDatabase?: Database };

/** The database of this process. Open it where it is used: a build loads every module and has no database. */
export const database = (): Database => (opened.doselineDatabase ??= openDatabase(serverEnvironment().databaseUrl));

/**
 * Lets the process speak to another database than its environment names.
 * @internal the seam by which tests and the bench bring a database of their own
 */
export const useDatabase = (chosen: Database): void => {
  opened.doselineDatabase = chosen;
};
