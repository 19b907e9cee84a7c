import type { WhatIfQuestion } from "@/lib/contracts/what-if";
import type { Actor } from "@/lib/server/command/actor";
import { askWhatIf } from "@/lib/server/operations/protocol/ask-what-if";
import { importBundle } from "@/lib/server/operations/studies/import-bundle";
import { onBenchDatabase } from "./bench-database";
import { fastestOf, type Figure } from "./figure";
import { studyLog } from "./study-log";

const CODE = "BENCH";
const SHAPE = { animals: 20, days: 365, late: 0.03, corrected: 0.01 };
const ROUNDS = 7;
const AIM = 30_000;
/** What a page of the largest studies asks, in parts. */
const LARGE = { animals: 500, days: 365 };

const READER: Actor = {
  userId: "00000000-0000-0000-0000-000000000000",
  email: "console",
  name: "Bench",
  administrator: true,
  auditor: true,
  via: "console",
};

const QUESTIONS: readonly (readonly [name: string, question: WhatIfQuestion])[] = [
  ["of which nothing differs", { reading: "version" }],
  ["of which every animal differs", { reading: "us-label" }],
];

const entriesReplayed = async (question: WhatIfQuestion): Promise<number> => {
  const asked = await askWhatIf(READER, CODE, question);
  if (!asked.ok) throw new Error(asked.fault.detail);
  return asked.value.entries;
};

/** Entries a second from the stored logs to the days that would differ: read, replayed and compared. */
export const whatIfFigures = (): Promise<readonly Figure[]> =>
  onBenchDatabase(async () => {
    const imported = await importBundle(null, CODE, studyLog(SHAPE));
    if (!imported.ok) throw new Error(imported.fault.detail);
    const figures: Figure[] = [];
    for (const [name, question] of QUESTIONS) {
      const entries = await entriesReplayed(question);
      const milliseconds = await fastestOf(ROUNDS, () => entriesReplayed(question));
      const perSecond = Math.round(entries / milliseconds) * 1000;
      const large = (milliseconds * LARGE.animals * LARGE.days) / (SHAPE.animals * SHAPE.days) / 1000;
      figures.push({
        name: `what if ${String(SHAPE.animals)} animals × ${String(SHAPE.days)} days (${String(entries)} entries), ${name}`,
        value: `${String(perSecond)} entries/s (${String(LARGE.animals)} animals: ${large.toFixed(1)} s of processor time)`,
        aim: `≥ ${String(AIM)}`,
        reached: perSecond >= AIM,
      });
    }
    return figures;
  });
