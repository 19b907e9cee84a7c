import { readBundle, type StudyBundle } from "../lib/domain/record/read-bundle";
import { replayBundle } from "../lib/domain/rules/write-history";
import { fastest, type Figure } from "./figure";
import { studyLog, type LogShape } from "./study-log";

const AIM = 300_000;
const ROUNDS = 7;

const orderly = { animals: 40, late: 0, corrected: 0 };
const disorderly = { animals: 40, late: 0.03, corrected: 0.01 };

const SHAPES: readonly (readonly [name: string, shape: LogShape])[] = [
  ["60 days", { ...orderly, days: 60 }],
  ["60 days, 3 % late, 1 % corrected", { ...disorderly, days: 60 }],
  ["365 days, 3 % late, 1 % corrected", { ...disorderly, days: 365 }],
  ["730 days", { ...orderly, days: 730 }],
  ["730 days, 3 % late, 1 % corrected", { ...disorderly, days: 730 }],
];

const read = (text: string): StudyBundle => {
  const bundle = readBundle(JSON.parse(text));
  if (!bundle.ok) throw new Error(`${bundle.fault.path}: ${bundle.fault.message}`);
  return bundle.value;
};

const perSecond = (entries: number, milliseconds: number): number => Math.round(entries / milliseconds) * 1000;

/** Entries a second replayed on one core, from entries already read and, for comparison, from the text of a bundle. */
export const replayFigures = (): readonly Figure[] =>
  SHAPES.flatMap(([name, shape]) => {
    const text = JSON.stringify(studyLog(shape));
    const bundle = read(text);
    const count = bundle.entries.length;
    const replayed = perSecond(
      count,
      fastest(ROUNDS, () => replayBundle(bundle)),
    );
    const withReading = perSecond(
      count,
      fastest(ROUNDS, () => replayBundle(read(text))),
    );
    const label = `${shape.animals} animals × ${name} (${count} entries)`;
    return [
      { name: `replay ${label}`, value: `${replayed} entries/s`, aim: `≥ ${AIM}`, reached: replayed >= AIM },
      { name: `read and replay ${label}`, value: `${withReading} entries/s`, aim: "none", reached: true },
    ];
  });
