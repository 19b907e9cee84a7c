// @ts-check
// The first migration: what prisma/schema.prisma says of the tables, and prisma/sql of everything else.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "../setup/environment.mjs";
import { MIGRATIONS } from "./migration-files.mjs";
import { tablesOfSchema } from "./schema-engine.mjs";

export const BASELINE = join(MIGRATIONS, "20261201000000_baseline", "migration.sql");

const SQL = join(CHECKOUT, "prisma", "sql");

const HEADER = `-- Made by "npm run make:baseline" from prisma/schema.prisma and prisma/sql, in the order of their names: change those.
`;

/** The migration that makes an empty database what schema.prisma and prisma/sql say. */
export const makeBaseline = async () => {
  const tables = await tablesOfSchema(readFileSync(join(CHECKOUT, "prisma", "schema.prisma"), "utf8"));
  const scripts = readdirSync(SQL)
    .sort()
    .map((name) => `-- prisma/sql/${name}\n\n${readFileSync(join(SQL, name), "utf8")}`);
  // What the columns take as their default.
  const before = scripts.filter((script) => script.startsWith("-- prisma/sql/00-"));
  // The schema is there, and an owner of its tables need not be allowed to make one.
  const withoutSchema = tables.slice(tables.indexOf("-- CreateTable"));
  return [HEADER, ...before, withoutSchema, ...scripts.slice(before.length)].join("\n");
};
