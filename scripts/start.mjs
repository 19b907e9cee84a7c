// npm start: from a clean clone to a running Doseline. Nothing is imported before the version is known to suit.
import { nodeVersionFault } from "./setup/node-version.mjs";

const fault = nodeVersionFault(process.versions.node);
if (fault === null) {
  void import("./start/sequence.mjs").then(({ start }) => start(process.argv.slice(2)));
} else {
  console.error(fault);
  process.exitCode = 2;
}
