// @ts-check
// npm run -s replay -- [--as-known-at INSTANT] FILE...: bundles in, one line of JSON for each out. No database.
// The engine is put together anew each time, which takes a tenth of a second: there is no built copy to go stale.
import { Buffer } from "node:buffer";
import { join } from "node:path";
import { CHECKOUT } from "./setup/environment.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { PlainFault, runCommand } from "./setup/plain-fault.mjs";

await runCommand(async () => {
  await ensurePackages((line) => console.error(line));
  const { build } = await import("esbuild");
  const { outputFiles } = await build({
    entryPoints: [join(CHECKOUT, "scripts", "replay.ts")],
    bundle: true,
    write: false,
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "error",
  });
  const [program] = outputFiles;
  if (program === undefined) throw new PlainFault("The engine could not be put together.");
  const source = Buffer.from(program.contents).toString("base64");
  const { replayFiles } = await import(`data:text/javascript;base64,${source}`);
  return replayFiles(process.argv.slice(2));
});
