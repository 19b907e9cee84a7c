import { auditPageFigures } from "./audit-pages";
import type { Figure } from "./figure";
import { replayFigures } from "./replay";
import { saveFigures } from "./save";
import { verifyFigures } from "./verify";
import { whatIfFigures } from "./what-if";

/** Each bench gives its figures; one line each. A missed aim makes the run fail. */
const BENCHES: readonly (() => readonly Figure[] | Promise<readonly Figure[]>)[] = [
  replayFigures,
  saveFigures,
  auditPageFigures,
  verifyFigures,
  whatIfFigures,
];

for (const bench of BENCHES) {
  for (const { name, value, aim, reached } of await bench()) {
    process.stdout.write(`${reached ? " " : "!"} ${name}: ${value} (aim ${aim})\n`);
    if (!reached) process.exitCode = 1;
  }
}
