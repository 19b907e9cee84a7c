import { auditPageFigures } from "./audit-pages";
import type { Figure } from "./figure";
import { pageFigures } from "./pages";
import { replayFigures } from "./replay";
import { saveFigures } from "./save";
import { verifyFigures } from "./verify";
import { whatIfFigures } from "./what-if";

const BENCHES: Readonly<Record<string, () => readonly Figure[] | Promise<readonly Figure[]>>> = {
  replay: replayFigures,
  save: saveFigures,
  audit: auditPageFigures,
  pages: pageFigures,
  verify: verifyFigures,
  "what-if": whatIfFigures,
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !Object.hasOwn(BENCHES, name));
if (unknown !== undefined) throw new Error(`${unknown} is not a bench: ${Object.keys(BENCHES).join(", ")}`);

// Each gives its figures, one line each: all of them, or those that are named. A missed aim makes the run fail.
for (const [name, bench] of Object.entries(BENCHES)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  for (const { name, value, aim, reached } of await bench()) {
    process.stdout.write(`${reached ? " " : "!"} ${name}: ${value} (aim ${aim})\n`);
    if (!reached) process.exitCode = 1;
  }
}
