// @ts-check
import { join } from "node:path";
import { CHECKOUT } from "./environment.mjs";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.mjs";
import { runStep } from "./run-step.mjs";

const STAMP = join(CHECKOUT, "generated", "prisma.stamp");

/**
 * Generates the database client when the schema has changed. Prisma would fetch its native schema engine, which
 * generating does not need: it is content with any file that is there. (Migrations do need an engine: see
 * database/schema-engine.mjs.)
 * @param {(line: string) => void} say @param {AbortSignal} [signal]
 */
export const ensureDatabaseClient = async (say, signal) => {
  const print = fingerprint(["prisma/schema.prisma", "prisma.config.ts", "node_modules/prisma/package.json"]);
  if (isStamped(STAMP, print)) return;
  say("Generating the database client");
  await runStep({
    name: "prisma generate",
    program: process.execPath,
    args: [join("node_modules", "prisma", "build", "index.js"), "generate"],
    env: { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, CHECKPOINT_DISABLE: "1", PRISMA_HIDE_UPDATE_MESSAGE: "1" },
    signal,
  });
  writeStamp(STAMP, print);
};
