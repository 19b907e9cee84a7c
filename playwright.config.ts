import { defineConfig, devices } from "@playwright/test";

/** Set by scripts/test.mjs, which has built the pages and started a server of their own for the tests. */
const address = process.env["E2E_ADDRESS"] ?? "http://start-these-tests-with.npm-run-test-e2e.invalid";

const executablePath = process.env["E2E_CHROMIUM"];

/** As root there is no sandbox to be had; and a browser under test has nobody to call. */
const args = [
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  // Each test makes what it needs under names of its own, so they can run side by side.
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: process.env["CI"] !== undefined,
  // Long enough for a machine that is busy with something else: nothing waits for longer than it must.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  use: {
    ...devices["Desktop Chrome"],
    baseURL: address,
    viewport: { width: 1440, height: 900 },
    locale: "en-GB",
    trace: "retain-on-failure",
    launchOptions: { ...(executablePath === undefined ? {} : { executablePath }), args },
  },
});
