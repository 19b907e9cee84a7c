// @ts-check
import { rmSync } from "node:fs";
import { join } from "node:path";
import { CHECKOUT } from "./environment.mjs";
import { fingerprint, isStamped, writeStamp } from "./fingerprint.mjs";
import { runStep } from "./run-step.mjs";

const STAMP = join(CHECKOUT, ".next", "doseline.stamp");

/** Everything that a build reads; the generated client follows from the schema. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "proxy.ts",
  "instrumentation.ts",
  "prisma/schema.prisma",
  "next.config.js",
  "postcss.config.mjs",
  "tsconfig.json",
  "package-lock.json",
];

/** @param {string} file */
const isTest = (file) => /\.test\.tsx?$|[\\/]testing[\\/]/.test(file);

/**
 * Builds the pages when their sources have changed since the last build.
 * @param {(line: string) => void} say @param {AbortSignal} [signal]
 */
export const ensureWebBuild = async (say, signal) => {
  const print = fingerprint(SOURCES, { ignore: isTest });
  if (isStamped(STAMP, print)) return;
  say("Building the pages, which takes about a minute");
  rmSync(STAMP, { force: true });
  await runStep({
    name: "next build",
    program: process.execPath,
    args: [join("node_modules", "next", "dist", "bin", "next"), "build"],
    env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1", BUILD_STANDALONE: "0" },
    signal,
  });
  writeStamp(STAMP, print);
};
