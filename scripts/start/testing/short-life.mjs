// @ts-check
// A life of nothing but a beginning and an end, for the tests: what it opened last it puts away first.
import { live } from "../life.mjs";

const [manner] = process.argv.slice(2);

/** @param {string} line */
const say = (line) => process.stdout.write(`${line}\n`);

await live(async ({ onStop, signal }) => {
  // Keeps the process there, as a listening server would.
  const tick = setInterval(() => undefined, 1000);
  onStop(async () => {
    clearInterval(tick);
    say("first put away");
  });
  onStop(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    say("second put away");
  });
  if (manner === "fails") throw new Error("cannot begin");
  if (manner === "slow") {
    say(`begun ${process.pid}`);
    await new Promise((resolve) => signal.addEventListener("abort", resolve));
    signal.throwIfAborted();
  }
  if (manner === "bug") setTimeout(() => JSON.parse("{"), 10);
  if (manner === "rejection") void Promise.reject(new Error("nobody waits for this"));
  say(`begun ${process.pid}`);
});
