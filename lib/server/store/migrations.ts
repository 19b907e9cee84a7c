import "server-only";
import { connection } from "@/lib/server/db/connection";

/** The migrations that the database has. By hand: their table is Prisma's own, and no model. */
export const appliedMigrations = async (): Promise<ReadonlySet<string>> => {
  const rows = await connection.query<{ readonly name: string }>({
    text: `SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
  });
  return new Set(rows.map(({ name }) => name));
};
