// @ts-check
// Takes the data of a directory, tells whether it did, and holds them until it is killed.
import { claimData } from "../claim.mjs";

const { isOurs } = await claimData(process.argv[2] ?? "", "server");
process.stdout.write(isOurs ? "ours\n" : "taken\n");
setInterval(() => undefined, 1000);
