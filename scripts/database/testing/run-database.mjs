// @ts-check
// The embedded database of a directory, as "npm start" runs it, without the pages: it prints its addresses as JSON.
import { PlainFault } from "../../setup/plain-fault.mjs";
import { makeDataDirectory } from "../../setup/private-file.mjs";
import { live } from "../../start/life.mjs";
import { claimData, releaseClaim } from "../claim.mjs";
import { startEmbeddedDatabase } from "../embedded-postgres.mjs";

const [dataDirectory = ""] = process.argv.slice(2);

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

await live(async ({ onStop }) => {
  makeDataDirectory(dataDirectory);
  const { isOurs, claim } = await claimData(dataDirectory, "server");
  if (!isOurs) throw new PlainFault(`taken by ${claim.pid}`);
  onStop(async () => releaseClaim(dataDirectory, claim));
  const { stop, ...addresses } = await startEmbeddedDatabase(dataDirectory, say);
  onStop(stop);
  say(JSON.stringify(addresses));
});
