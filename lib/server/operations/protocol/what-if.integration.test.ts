import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ProtocolSettings } from "@/lib/contracts/protocol";
import type { WhatIf, WhatIfQuestion } from "@/lib/contracts/what-if";
import { readBundle, type StudyBundle } from "@/lib/domain/record/read-bundle";
import { replayBundle } from "@/lib/domain/rules/write-history";
import { localDate, localEpochDay } from "@/lib/domain/time/local-time";
import { eventKey } from "@/lib/domain/rules/event-key";
import type { DoseEvent } from "@/lib/domain/rules/history";
import { writeInstant } from "@/lib/domain/time/instant";
import { standingVersions } from "@/lib/domain/record/standing-versions";
import { histories, seedOf } from "@/test/oracle/run-count.property";
import { join } from "@/test/people/test-people";
import { randomStudy } from "@/test/random-study/random-study";
import { importBundle } from "../studies/import-bundle";
import { useStaff } from "@/test/database/set-up";
import { askWhatIf } from "./ask-what-if";
import { draftProtocol } from "./draft-protocol";

const staff = useStaff();

const MS_PER_DAY = 86_400_000;
const SEEDS = fc.sample(fc.noBias(fc.integer({ min: 1, max: 1_000_000 })), {
  ...histories(5),
  seed: seedOf(20_261_129),
});

type Settings = Readonly<Record<string, unknown>>;
type Document = Readonly<Record<string, unknown>> & { readonly protocols: readonly Settings[] };

const got = <Value>(result: { readonly ok: true; readonly value: Value } | { readonly ok: false }): Value => {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result)}`);
  return result.value;
};

const read = (document: unknown): StudyBundle => {
  const bundle = readBundle(document);
  if (!bundle.ok) throw new Error(`${bundle.fault.path} ${bundle.fault.message}`);
  return bundle.value;
};

/** The numbers of the two readings as their sources print them. */
const PRINTED: Readonly<Record<"us-label" | "ctcae-v6", Settings>> = {
  "us-label": {
    neutrophils: { basis: "absolute", grade2Below: 1.5, grade3Below: 0.5, grade4Below: 0.5, recoverAt: 0.5 },
    platelets: { basis: "absolute", grade2Below: 75, grade3Below: 25, grade4Below: 25, recoverAt: 50 },
  },
  "ctcae-v6": {
    neutrophils: { basis: "absolute", grade2Below: 1.0, grade3Below: 0.5, grade4Below: 0.1, recoverAt: 1.0 },
    platelets: { basis: "absolute", grade2Below: 75, grade3Below: 50, grade4Below: 10, recoverAt: 50 },
  },
};

/** Drafts that change something else each, and enough of it for animals of every species to be judged otherwise. */
const CHANGES: readonly Settings[] = [
  { neutrophils: { basis: "absolute", grade2Below: 4, grade3Below: 3, grade4Below: 0.6, recoverAt: 3 } },
  { otherRecoverGrade: 0, resumePolicy: "on-order", restartDecrement: 0.001 },
  { platelets: { basis: "absolute", grade2Below: 900, grade3Below: 700, grade4Below: 100, recoverAt: 700 } },
  {
    discontinueFindings: [
      { term: "DIARRHEA", grade: 1 },
      { term: "RASH", grade: 1 },
    ],
    resumePolicy: "automatic",
  },
  { neutrophils: { basis: "percentOfBaseline", grade3Below: 90, recoverAt: 95 }, referenceRanges: {} },
];

const eventsOn = (day: number, events: readonly DoseEvent[], zone: string): readonly string[] =>
  events.filter(({ at }) => localEpochDay(at.ms, zone) === day).map(eventKey);

/** Status and dose when a day ended, from every event until then. */
const atEndOf = (day: number, events: readonly DoseEvent[], zone: string): string => {
  const last = events.findLast(({ at }) => localEpochDay(at.ms, zone) <= day);
  const held = last?.action === "WITHHOLD" || last?.action === "REMAIN_WITHHELD" || last?.action === "RESUME_PROPOSED";
  return last === undefined ? "not started" : held ? "WITHHELD" : `${last.action} ${last.toDose.toFixed()}`;
};

const sameState = (left: string, right: string): boolean => {
  const dosed = (said: string): string => said.replace(/^(?:START|RESUME|SET_DOSE) /u, "ON_DOSE ");
  return dosed(left) === dosed(right);
};

type DifferingDay = { readonly animal: string; readonly date: string };

/** Every day on which two replays of a bundle differ, each looked at by itself. */
const daysThatDiffer = (bundle: StudyBundle, candidate: StudyBundle): readonly DifferingDay[] => {
  const zone = bundle.study.timeZone;
  const [recorded, whatIf] = [replayBundle(bundle), replayBundle(candidate)];
  return bundle.animals.flatMap(({ id }) => {
    const [then, now] = [recorded.get(id)?.events ?? [], whatIf.get(id)?.events ?? []];
    const start = then.find(({ action }) => action === "START");
    const last = standingVersions(bundle.entries.filter(({ animal }) => animal === id)).at(-1)?.entry;
    if (start === undefined || last === undefined) return [];
    const [from, to] = [localEpochDay(start.at.ms, zone), localEpochDay(last.observedAt.ms, zone)];
    return Array.from({ length: to - from + 1 }, (_, offset) => from + offset)
      .filter(
        (day) =>
          !sameState(atEndOf(day, then, zone), atEndOf(day, now, zone)) ||
          eventsOn(day, then, zone).join() !== eventsOn(day, now, zone).join(),
      )
      .map((day) => ({ animal: id, date: localDate(day * MS_PER_DAY, "UTC") }));
  });
};

const toldDays = ({ differences }: WhatIf): readonly DifferingDay[] =>
  differences.flatMap(({ animal, stretches }) =>
    stretches.flatMap(({ fromDate, days }) =>
      Array.from({ length: days }, (_, offset) => ({
        animal,
        date: localDate(Date.parse(fromDate) + offset * MS_PER_DAY, "UTC"),
      })),
    ),
  );

const ask = async (code: string, question: WhatIfQuestion): Promise<WhatIf> =>
  got(await askWhatIf(staff.dora, code, question));

describe("random studies", () => {
  let differing = 0;

  test.each(SEEDS.map((seed, place) => [seed, place] as const))(
    "seed %i: the days that would differ are those of two replays of its bundle",
    async (seed, place) => {
      const code = `WHATIF-${String(seed)}`;
      const document = randomStudy({ seed, endInstant: "2026-02-04T09:00:00Z" }) as Document;
      const bundle = read(document);
      got(await importBundle(staff.admin, code, document));
      await join(staff.dora, code, "study_director");
      const latest = document.protocols.at(-1) ?? {};
      const { groups: _groups, effectiveFrom: _from, version: _version, ...settings } = latest;
      const drafted = { ...settings, ...CHANGES[place % CHANGES.length] };
      const version = document.protocols.length + 1;
      got(await draftProtocol(staff.dora, code, { ...drafted, reason: "To be tried" } as ProtocolSettings));

      const throughout = (candidate: Settings): StudyBundle =>
        read({ ...document, protocols: [{ ...candidate, version, effectiveFrom: null }] });
      const told = await ask(code, { reading: "version" });
      const expected = daysThatDiffer(bundle, throughout(drafted));
      expect(toldDays(told)).toEqual(expected);
      expect(told).toMatchObject({ version, entries: bundle.entries.length, animals: bundle.animals.length });
      expect(told.animalDaysThatDiffer).toBe(expected.length);
      differing += expected.length;

      for (const reading of ["us-label", "ctcae-v6"] as const) {
        const other = await ask(code, { reading, version: version - 1 });
        const days = daysThatDiffer(bundle, throughout({ ...settings, ...PRINTED[reading] }));
        expect(toldDays(other)).toEqual(days);
        differing += days.length;
      }

      const middle = bundle.entries[Math.floor(bundle.entries.length / 2)]?.recordedAt.ms ?? 0;
      const later = await ask(code, { reading: "version", from: writeInstant(middle) });
      const before = document.protocols.filter(
        (_, index) => (bundle.protocols[index]?.effectiveFrom?.ms ?? -Infinity) < middle,
      );
      const amended = [...before, { ...drafted, version, effectiveFrom: writeInstant(middle) }];
      expect(toldDays(later)).toEqual(daysThatDiffer(bundle, read({ ...document, protocols: amended })));
    },
  );

  test("there were days that differ among them", () => {
    expect(differing).toBeGreaterThan(0);
  });
});
