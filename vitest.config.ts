import { fileURLToPath } from "node:url";
import { configDefaults, defineConfig } from "vitest/config";

const root = fileURLToPath(new URL(".", import.meta.url));
const exclude = [...configDefaults.exclude, ".next/**", ".data/**", "e2e/**"];

export default defineConfig({
  resolve: {
    alias: {
      "@/": root,
      // Marks what must not reach a browser; in a test there is none.
      "server-only": fileURLToPath(new URL("node_modules/server-only/empty.js", import.meta.url)),
    },
  },
  test: {
    setupFiles: ["test/oracle/random-seed.ts"],
    // Nothing else runs beside the tests: every processor is theirs.
    maxWorkers: "100%",
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...exclude, "**/*.integration.test.ts"],
          testTimeout: 120_000,
        },
      },
      {
        extends: true,
        test: {
          name: "integration",
          include: ["**/*.integration.test.ts"],
          exclude,
          globalSetup: ["test/database/test-cluster.ts"],
          // Not how long anything may take, but when to stop waiting on a machine that does much else.
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
