// @ts-check
// Prisma's schema engine as WebAssembly: the same engine as "prisma migrate deploy", without a download.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as engineBindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import { inUtc } from "./connection.mjs";

const require = createRequire(import.meta.url);

/** The engine's last words, should it ever panic. */
const panics = {
  message: "",
  /** @param {string} text */
  set_message(text) {
    this.message = text;
  },
};

/** @type {Promise<void> | undefined} */
let loading;

/** The engine leaves the timer of its lock behind, which would keep a finished process for ten seconds. */
const importsOfEngine = () =>
  Object.fromEntries(
    Object.entries(engineBindings).map(([name, binding]) => {
      if (!name.startsWith("__wbg_setTimeout_")) return [name, binding];
      /** @param {() => void} callback @param {number} milliseconds */
      const unreferenced = (callback, milliseconds) => setTimeout(callback, milliseconds).unref();
      return [name, unreferenced];
    }),
  );

const loadEngine = async () => {
  Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: panics });
  const file = require.resolve("@prisma/schema-engine-wasm").replace(/schema_engine\.js$/, "schema_engine_bg.wasm");
  const { instance } = await WebAssembly.instantiate(readFileSync(file), {
    "./schema_engine_bg.js": /** @type {WebAssembly.ModuleImports} */ (importsOfEngine()),
  });
  engineBindings.__wbg_set_wasm(instance.exports);
  /** @type {() => void} */ (instance.exports["__wbindgen_start"])();
};

/**
 * Said in the script's own transaction: a process killed after it leaves a migration that is applied and known to be.
 * The engine, which comes later, says the same.
 */
const MARK_AS_FINISHED =
  "UPDATE _prisma_migrations SET finished_at = clock_timestamp() WHERE finished_at IS NULL AND rolled_back_at IS NULL";

/**
 * The adapter splits a script at every semicolon, also within a function's body: ours sends it whole, as one query,
 * so that a failing script leaves nothing behind.
 * @param {string} url @param {ReadonlySet<string>} scripts the migrations', as they are in the files
 */
const adapterFactory = (url, scripts) => {
  const factory = new PrismaPg({ connectionString: inUtc(url), connectionTimeoutMillis: 15_000 });
  const connect = factory.connect.bind(factory);
  /** @type {Awaited<ReturnType<typeof connect>>[]} */
  const connected = [];
  factory.connect = async () => {
    const adapter = await connect();
    connected.push(adapter);
    adapter.executeScript = async (script) => {
      try {
        await adapter.underlyingDriver().query(scripts.has(script) ? `${script}\n;${MARK_AS_FINISHED}` : script);
      } catch (error) {
        // Protected, and the one place that turns an error of the driver into what the engine understands.
        /** @type {{ onError: (error: unknown) => never }} */ (/** @type {unknown} */ (adapter)).onError(error);
      }
    };
    return adapter;
  };
  const dispose = () => Promise.all(connected.map((adapter) => adapter.dispose()));
  return { factory: bindMigrationAwareSqlAdapterFactory(factory), dispose };
};

/**
 * @param {string} directory @param {readonly import("./migration-files.mjs").MigrationFile[]} files
 * @returns {import("@prisma/schema-engine-wasm").MigrationList}
 */
const migrationList = (directory, files) => ({
  baseDir: directory,
  lockfile: { path: "migration_lock.toml", content: 'provider = "postgresql"\n' },
  shadowDbInitScript: "",
  migrationDirectories: files.map(({ name, script }) => ({
    path: name,
    migrationFile: { path: "migration.sql", content: { tag: "ok", value: script } },
  })),
});

/**
 * Applies what has not been applied, and writes the usual `_prisma_migrations`. A script that failed before has left
 * nothing (it ran as one query): it is marked as rolled back and tried again.
 * @param {string} url the owner's @param {string} directory
 * @param {readonly import("./migration-files.mjs").MigrationFile[]} files all of the directory
 * @param {readonly string[]} failedBefore
 * @returns {Promise<readonly string[]>} the names of the applied
 */
export const applyWithEngine = async (url, directory, files, failedBefore) => {
  await (loading ??= loadEngine());
  const { factory, dispose } = adapterFactory(url, new Set(files.map(({ script }) => script)));
  try {
    const engine = await engineBindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, factory);
    for (const migrationName of failedBefore) await engine.markMigrationRolledBack({ migrationName });
    const filters = { externalTables: [], externalEnums: [] };
    const applied = await engine.applyMigrations({ migrationsList: migrationList(directory, files), filters });
    return applied.appliedMigrationNames;
  } finally {
    // Its connection holds an advisory lock, for which the next one would wait.
    await dispose();
  }
};

/** For a question that is not about a database: the engine asks the version of one, and is told nothing. */
const noDatabase = () => {
  const factory = new PrismaPg({ connectionString: "postgresql://nowhere" });
  const connect = factory.connect.bind(factory);
  factory.connect = async () =>
    Object.assign(await connect(), {
      queryRaw: () => Promise.resolve({ columnNames: [], columnTypes: [], rows: [] }),
      executeRaw: () => Promise.resolve(0),
      executeScript: () => Promise.resolve(),
    });
  return bindMigrationAwareSqlAdapterFactory(factory);
};

/** The SQL that makes the tables of a schema in an empty database. @param {string} schema the text of a schema.prisma */
export const tablesOfSchema = async (schema) => {
  await (loading ??= loadEngine());
  const engine = await engineBindings.SchemaEngine.new({ datamodels: undefined }, () => undefined, noDatabase());
  const { stdout } = await engine.diff({
    from: { tag: "empty" },
    to: { tag: "schemaDatamodel", files: [{ path: "schema.prisma", content: schema }] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  if (stdout === null) throw new Error("The schema engine wrote no script.");
  return stdout;
};
