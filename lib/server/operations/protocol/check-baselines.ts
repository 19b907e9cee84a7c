import "server-only";
import type { BaselineCheck as BaselineAnswer } from "@/lib/contracts/protocol";
import { refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { readEntry } from "@/lib/domain/record/read-entry";
import { Decimal } from "@/lib/domain/decimal";
import type { LogEntry } from "@/lib/domain/record/log-entry";
import { checkBaselines as check } from "@/lib/domain/animal/baseline-check";
import type { AnimalLog, BaselineCheck } from "@/lib/domain/animal/baseline-check";
import type { CountCutOffs, Protocol } from "@/lib/domain/study/protocol";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { documentOfRecord, readEntries } from "@/lib/server/store/read-log";
import type { EntryRecord } from "@/lib/server/store/read-log";
import type { Actor } from "@/lib/server/command/actor";
import { animalsOf } from "@/lib/server/store/listed-animals";
import { judgingVersions, storedProtocols } from "./protocol-rows";

/** Where the protocol is absolute: half of the own baseline, to compare with. */
const COMPARED_PERCENT = new Decimal(50);

const percentOf = (cutOffs: CountCutOffs): Decimal =>
  cutOffs.basis === "percentOfBaseline" ? cutOffs.grade3Below : COMPARED_PERCENT;

const readStored = (record: EntryRecord, control: boolean): LogEntry => {
  const entry = readEntry(documentOfRecord(record), "", control);
  if (!entry.ok) throw new Error(`a stored entry cannot be read: ${entry.fault.path} ${entry.fault.message}`);
  return entry.value;
};

/** The logs of all animals, in two questions however many there are. */
const logsOf = async (study: AuthorizedStudy): Promise<readonly AnimalLog[]> => {
  const animals = await animalsOf(connection, study, null);
  const records = await readEntries(connection, study.id);
  const logs = new Map<string, LogEntry[]>(animals.map(({ id }) => [id, []]));
  const controls = new Set(animals.filter(({ control }) => control).map(({ id }) => id));
  for (const record of records) logs.get(record.animal)?.push(readStored(record, controls.has(record.animal)));
  return animals.map(({ id, control, startingDose, doseLevels }) => ({
    animal: {
      id,
      control,
      startingDose: new Decimal(startingDose),
      doseLevels: doseLevels?.map((level) => new Decimal(level)) ?? null,
    },
    log: logs.get(id) ?? [],
  }));
};

const answerOf = ({ animals, animalsWithResults, holds, percentOfBaseline }: BaselineCheck): BaselineAnswer => ({
  animals,
  animalsWithResults,
  animalsHeld: new Set(holds.map(({ animal }) => animal)).size,
  holds: [...holds],
  percentOfBaseline: percentOfBaseline.map(({ heldBelow, animalsAlreadyBelow, percent, ...rest }) => ({
    ...rest,
    percent: percent.toNumber(),
    heldBelowFrom: heldBelow?.from.toNumber() ?? null,
    heldBelowTo: heldBelow?.to.toNumber() ?? null,
    animalsAlreadyBelow: [...animalsAlreadyBelow],
  })),
});

/** Before a signature: how many baselines recorded so far already meet a hold rule, and what per cent of baseline would say. */
export const checkBaselines = async (actor: Actor, code: string): Promise<Result<BaselineAnswer, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const stored = await storedProtocols(connection, gate.value);
  const protocols: readonly Protocol[] = judgingVersions(stored).map(({ protocol }) => protocol);
  const [first] = protocols;
  if (first === undefined) return refused(refusal("NOT_FOUND", `Study ${code} has no protocol yet.`));
  const percents = { neutrophils: percentOf(first.neutrophils), platelets: percentOf(first.platelets) };
  return ok(answerOf(check(protocols, await logsOf(gate.value), percents)));
};
