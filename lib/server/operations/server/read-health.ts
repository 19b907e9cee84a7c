import "server-only";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Health } from "@/lib/contracts/health";
import { appliedMigrations } from "@/lib/server/store/migrations";
import packageDocument from "@/package.json";

/** The migrations that this version of the product brings; null where its folder is not at hand. */
const expectedMigrations = async (): Promise<readonly string[] | null> => {
  try {
    const found = await readdir(join(/* turbopackIgnore: true */ process.cwd(), "prisma", "migrations"), {
      withFileTypes: true,
    });
    return found.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  } catch {
    return null;
  }
};

/** Whether the server can work. It answers in any state: not reaching the database is what it is there to tell. */
export const readHealth = async (): Promise<Health> => {
  const { version } = packageDocument;
  try {
    const applied = await appliedMigrations();
    const expected = await expectedMigrations();
    if (expected === null) return { status: "ok", version, database: "ok", migrations: "unknown" };
    const current = expected.every((name) => applied.has(name));
    return {
      status: current ? "ok" : "unavailable",
      version,
      database: "ok",
      migrations: current ? "current" : "behind",
    };
  } catch {
    return { status: "unavailable", version, database: "unreachable", migrations: "unknown" };
  }
};
