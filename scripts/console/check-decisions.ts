// Compares the decisions that are stored, and the animals' states, with what follows from the logs.
import { checkStudies } from "@/lib/server/operations/studies/check-studies";
import { answerOf } from "./answer";

const [code] = process.argv.slice(2);

await answerOf(
  () => checkStudies(code ?? null),
  (studies) => {
    for (const { code: study, faults } of studies) {
      for (const { animal, what } of faults) console.error(`${study}: ${animal}: ${what}.`);
      console.log(
        `${study}: ${faults.length === 0 ? "what is stored follows from the log" : `${String(faults.length)} faults`}.`,
      );
    }
    if (studies.some(({ faults }) => faults.length > 0)) process.exitCode = 1;
  },
);
