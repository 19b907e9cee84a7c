import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connection } from "../../lib/server/db/connection";
import { database, openDatabase, useDatabase } from "../../lib/server/db/database";
import { makeBaseline } from "../../scripts/database/baseline.mjs";
import { withConnection } from "../../scripts/database/connection.mjs";
import { storedProtection } from "../../lib/server/verifying/protection-catalog";
import { createEmptyTestDatabase, createTestDatabase } from "./test-database";
import type { TestDatabase } from "./test-database";

let migrated: TestDatabase;
beforeAll(async () => {
  migrated = await createTestDatabase();
  useDatabase(openDatabase(migrated.databaseUrl));
});
afterAll(() => database().close());

/** Prisma's scalar types, and the attribute that narrows them, as PostgreSQL calls them. */
const TYPES: Readonly<Record<string, string>> = {
  String: "text",
  "String@db.Uuid": "uuid",
  Boolean: "boolean",
  Int: "integer",
  "Int@db.SmallInt": "smallint",
  BigInt: "bigint",
  Bytes: "bytea",
  Decimal: "numeric",
  "Decimal@db.Decimal": "numeric",
  Json: "jsonb",
  "Json@db.Json": "json",
  "DateTime@db.Date": "date",
  "DateTime@db.Timestamptz(3)": "timestamp(3) with time zone",
  "DateTime@db.Timestamptz(6)": "timestamp(6) with time zone",
};

const FIELD = /^ {2}(?<name>\w+)\s+(?<type>Unsupported\("[^"]+"\)|\w+)(?<list>\[\])?(?<optional>\?)?(?<rest>.*)$/u;

const columnOf = (line: string): string | null => {
  const found = FIELD.exec(line)?.groups;
  if (found === undefined) return null;
  const { name = "", type = "", list, optional, rest = "" } = found;
  const unsupported = /^Unsupported\("(.+)"\)$/u.exec(type)?.[1];
  const native = /@db\.\w+(?:\(\d+\))?/u.exec(rest)?.[0] ?? "";
  const scalar = unsupported ?? TYPES[`${type}${native}`];
  if (scalar === undefined) return null;
  const column = /@map\("(\w+)"\)/u.exec(rest)?.[1] ?? name;
  return `${column} ${scalar}${list ?? ""}${optional === undefined ? " not null" : ""}`;
};

/** Of a list Prisma cannot say that it may be null. */
const NULLABLE_LISTS = new Set(["animals.dose_levels"]);

const schemaColumns = (): readonly string[] =>
  readFileSync("prisma/schema.prisma", "utf8")
    .split(/^model /mu)
    .slice(1)
    .flatMap((model) => {
      const table = /@@map\("(\w+)"\)/u.exec(model)?.[1] ?? "?";
      return model.split("\n").flatMap((line) => {
        const column = columnOf(line);
        if (column === null) return [];
        const isNullableList = NULLABLE_LISTS.has(`${table}.${column.split(" ")[0] ?? ""}`);
        return [`${table}.${isNullableList ? column.replace(" not null", "") : column}`];
      });
    })
    .sort();

test("schema.prisma has the tables and columns of the migrations, and no others", async () => {
  const rows = await connection.query<{ readonly column: string }>({
    text: `
      SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END AS column
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
        AND c.relname <> '_prisma_migrations'`,
  });
  const columns = schemaColumns();
  expect(columns.length).toBeGreaterThan(150);
  expect(rows.map(({ column }) => column).sort()).toEqual(columns);
});

const asked = (text: string) => connection.query<Readonly<Record<string, unknown>>>({ text });

/** What a database is made of, rows that it begins with among it. */
const catalog = async (url: string): Promise<unknown> => {
  const before = database();
  useDatabase(openDatabase(url));
  try {
    return {
      ...(await storedProtection(connection)),
      everyIndex: await asked(
        "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1",
      ),
      options: await asked(
        "SELECT relname, reloptions FROM pg_class WHERE relnamespace = 'public'::regnamespace AND reloptions IS NOT NULL ORDER BY 1",
      ),
      collations: await asked(
        `SELECT table_name, column_name, collation_name FROM information_schema.columns
         WHERE table_schema = 'public' AND table_name <> '_prisma_migrations' AND collation_name IS NOT NULL ORDER BY 1, 2`,
      ),
      kinds: await asked("SELECT * FROM audit_kinds ORDER BY kind"),
      installations: await asked("SELECT count(*) AS n FROM installations"),
    };
  } finally {
    await database().close();
    useDatabase(before);
  }
};

test("the migrations make what schema.prisma and prisma/sql say: tables, keys, indexes, functions, triggers, views, rights", async () => {
  const made = await createEmptyTestDatabase();
  await withConnection(made.databaseOwnerUrl, async (client) => client.query(await makeBaseline()));
  expect(await catalog(migrated.databaseOwnerUrl)).toEqual(await catalog(made.databaseOwnerUrl));
});

test("the client reads every table", async () => {
  const { prisma } = database();
  const models = Object.entries(prisma).filter(
    ([name, model]) =>
      !name.startsWith("$") &&
      !name.startsWith("_") &&
      typeof model === "object" &&
      model !== null &&
      "findFirst" in model,
  );
  expect(models.length).toBeGreaterThan(20);
  for (const [, model] of models) {
    await expect((model as { readonly findFirst: () => Promise<unknown> }).findFirst()).resolves.toBeDefined();
  }
});
