import "server-only";
import type { Animal } from "@/lib/contracts/animals";
import type { Refusal } from "@/lib/contracts/problem";
import type { AnimalOnSheet, RecordingSheet } from "@/lib/contracts/recording-sheet";
import { permits } from "@/lib/domain/access/permissions";
import { Decimal } from "@/lib/domain/decimal";
import { readState } from "@/lib/domain/rules/state-document";
import type { StateDocument } from "@/lib/domain/rules/state-document";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import type { BaselineMeasurement } from "@/lib/domain/grading/criteria";
import type { Analyte } from "@/lib/domain/record/analytes";
import { ORDER_ACTIONS, type OrderAction } from "@/lib/domain/record/kinds";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { msOf } from "@/lib/server/store/read-log";
import type { Actor } from "@/lib/server/command/actor";
import { animalsOf } from "@/lib/server/store/listed-animals";
import { protocolFor, readRules } from "@/lib/server/judging/study-rules";

import { boardRows } from "../studies/board-rows";
import type { BoardRow } from "../studies/board-rows";
import { lastOfKinds, standingValues } from "./standing-values";
import type { LastOfKinds } from "./standing-values";

const KINDS: readonly EntryKind[] = ["weight", "cbc", "lft", "observation", "dose", "disposition"];

const ordersOf = ({ roles }: AuthorizedStudy): readonly OrderAction[] => {
  if (permits(roles, "order.any")) return ORDER_ACTIONS;
  return permits(roles, "order.withhold") ? ["WITHHOLD"] : [];
};

const kindsOf = ({ roles }: AuthorizedStudy, orders: readonly OrderAction[]): readonly EntryKind[] => [
  ...KINDS.filter((kind) => permits(roles, `entry.record.${kind}`)),
  ...(orders.length > 0 ? (["order"] as const) : []),
];

const BASELINE_FIELDS: Readonly<Record<BaselineMeasurement, Analyte>> = {
  weight: "grams",
  neutrophils: "neutrophils",
  platelets: "platelets",
  alt: "alt",
  ast: "ast",
  bilirubin: "bilirubin",
  alp: "alp",
  ggt: "ggt",
  creatinine: "creatinine",
};

type StateRow = { readonly tag: string; readonly state: StateDocument | null };
type Baselines = AnimalOnSheet["baseline"];

/** The baselines that are in force since each animal's first dose, by tag: of the stored states, with their entries' time. */
const baselinesOf = async (studyId: number): Promise<ReadonlyMap<string, Baselines>> => {
  const states = await connection.query<StateRow>({
    text: `SELECT a.tag, s.state FROM animal_states s JOIN animals a ON (a.study_id, a.id) = (s.study_id, s.animal_id) WHERE s.study_id = $1 AND s.state IS NOT NULL`,
    values: [studyId],
  });
  const values = states.flatMap(({ tag, state }) => {
    const baseline = state === null ? null : (readState(state)?.animal.baseline ?? null);
    if (baseline === null) return [];
    return Object.entries(baseline.values).flatMap(([name, own]) => {
      const field = BASELINE_FIELDS[name as BaselineMeasurement];
      return own === null ? [] : [{ tag, field, value: own.value.toFixed(), entry: own.entry }];
    });
  });
  const times = await connection.query<{ readonly id: string; readonly observedMs: number }>({
    text: `SELECT id, ${msOf("observed_at")} AS "observedMs" FROM entries WHERE study_id = $1 AND id = ANY ($2)`,
    values: [studyId, [...new Set(values.map(({ entry }) => entry))]],
  });
  const observed = new Map(times.map(({ id, observedMs }) => [id, observedMs]));
  const found = new Map<string, Baselines>();
  for (const { tag, field, value, entry } of values) {
    const observedMs = observed.get(entry);
    if (observedMs !== undefined) found.set(tag, { ...found.get(tag), [field]: { value, observedMs } });
  }
  return found;
};

const decisionOf = ({ said, decisions }: BoardRow): AnimalOnSheet["lastDecision"] => {
  const last = decisions.at(-1);
  if (said === null || last === undefined) return null;
  const proposedDose = last.action === "RESUME_PROPOSED" ? new Decimal(last.toDose).toFixed() : null;
  return { sentence: said.sentence, observedMs: last.observedMs, proposedDose };
};

type OfAnimal = {
  readonly animal: Animal;
  readonly row: BoardRow;
  readonly last: AnimalOnSheet["last"];
  readonly baseline: Baselines;
  readonly kinds: LastOfKinds | undefined;
  readonly protocolLevels: readonly Decimal[];
};

const onSheet = ({ animal, row, last, baseline, kinds, protocolLevels }: OfAnimal): AnimalOnSheet => ({
  tag: animal.id,
  sex: animal.sex,
  group: animal.group,
  room: animal.room,
  cage: animal.cage,
  control: animal.control,
  startingDose: new Decimal(animal.startingDose).toFixed(),
  doseLevels: (animal.doseLevels?.map((level) => new Decimal(level)) ?? protocolLevels).map((level) => level.toFixed()),
  status: row.status,
  openToxicities: row.openToxicities,
  dose: new Decimal(row.dose).toFixed(),
  doseBeforeHold: row.summary.hold?.doseBefore ?? null,
  lastDecision: decisionOf(row),
  firstDoseMs: row.summary.firstDoseMs,
  last,
  baseline,
  lastOfKind: kinds?.observedMs ?? {},
  lastAmount: kinds?.amount == null ? null : new Decimal(kinds.amount).toFixed(),
});

const clockMs = async (): Promise<number> => {
  const [row] = await connection.query<{ readonly ms: number }>({ text: `SELECT ${msOf("clock_timestamp()")} AS ms` });
  if (row === undefined) throw new Error("the database has no clock");
  return Math.floor(row.ms);
};

/** What the entry forms of a study start from: every animal with its state, its last values and its baselines. */
export const readRecordingSheet = async (actor: Actor, code: string): Promise<Result<RecordingSheet, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "entry.record.observation");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [nowMs, rules, animals, rows, values, kinds, baselines] = await Promise.all([
    clockMs(),
    readRules(connection, study.id),
    animalsOf(connection, study, null),
    boardRows(connection, [study.id]),
    standingValues(connection, study.id),
    lastOfKinds(connection, study.id),
    baselinesOf(study.id),
  ]);
  const protocol = protocolFor(rules, nowMs);
  const byTag = new Map(rows.map((row) => [row.tag, row]));
  const orders = ordersOf(study);
  return ok({
    study: { code: study.code, species: study.species, timeZone: study.timeZone },
    active: rules.signed,
    units: { bilirubin: protocol?.referenceRanges.bilirubin.unit ?? null, dose: protocol?.doseUnit ?? null },
    nowMs,
    kinds: kindsOf(study, orders),
    orders,
    animals: animals.flatMap((animal) => {
      const row = byTag.get(animal.id);
      if (row === undefined) return [];
      return [
        onSheet({
          animal,
          row,
          last: values.get(animal.id) ?? {},
          baseline: baselines.get(animal.id) ?? {},
          kinds: kinds.get(animal.id),
          protocolLevels: protocol?.doseLevels ?? [],
        }),
      ];
    }),
  });
};
