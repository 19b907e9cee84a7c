// @ts-check
// npm run build: the pages for a server elsewhere; BUILD_STANDALONE=1 for a container image. "npm start" builds by itself.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { ensureDatabaseClient } from "./setup/database-client.mjs";
import { CHECKOUT, readEnvironment } from "./setup/environment.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { runCommand } from "./setup/plain-fault.mjs";

await runCommand(async () => {
  readEnvironment();
  await ensurePackages(console.log);
  await ensureDatabaseClient(console.log);
  const next = join("node_modules", "next", "dist", "bin", "next");
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
  return spawnSync(process.execPath, [next, "build"], { cwd: CHECKOUT, env, stdio: "inherit" }).status ?? 1;
});
