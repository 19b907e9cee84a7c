import "server-only";
import type { Animal, NewAnimal, NewAnimals } from "@/lib/contracts/animals";
import type { ErrorCode } from "@/lib/contracts/errors";
import { refusal } from "@/lib/contracts/problem";
import type { FieldFault, Refusal } from "@/lib/contracts/problem";
import { localDate } from "@/lib/domain/time/local-time";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import type { AuditRecord } from "@/lib/server/store/audit-events";
import type { Actor } from "@/lib/server/command/actor";
import { onAnimal } from "@/lib/server/store/audit-events";
import { auditedBy } from "@/lib/server/command/audit";
import { command } from "@/lib/server/command/command";
import { animalsOf } from "@/lib/server/store/listed-animals";
import { doseGroups } from "@/lib/server/store/dose-groups";
import { holdStudy } from "@/lib/server/store/locks";
import { addAnimals, animalContents } from "@/lib/server/store/animals";

type Registered = { readonly created: boolean; readonly animals: readonly Animal[] };

type RowFault = FieldFault & { readonly code: ErrorCode };

/** One refusal for a whole batch: every row that is wrong is named, and what they have in common is its code. */
const refusedRows = (faults: readonly RowFault[]): Result<never, Refusal> | null => {
  const [first] = faults;
  if (first === undefined) return null;
  const alike = faults.every(({ code }) => code === first.code) && first.code !== "OUT_OF_RANGE";
  const more = faults.length > 1 ? ` And ${faults.length - 1} more.` : "";
  const detail = `${first.path} ${first.message}${more} No animal was registered.`;
  return refused(refusal(alike ? first.code : "INVALID_INPUT", detail, faults));
};

type RowCheck = {
  readonly at: (index: number, field: keyof NewAnimal) => string;
  readonly groups: ReadonlySet<string>;
  readonly today: string;
};

/** What is wrong with the rows by themselves: an unknown group, a birth to come, a tag that occurs twice. */
const rowFaults = (rows: readonly NewAnimal[], { at, groups, today }: RowCheck): readonly RowFault[] => {
  const firstRows = new Map<string, number>();
  return rows.flatMap((row, index) => {
    const faults: RowFault[] = [];
    const earlier = firstRows.get(row.id);
    if (earlier === undefined) firstRows.set(row.id, index);
    else
      faults.push({
        path: at(index, "id"),
        code: "REPEATED_ANIMAL",
        message: `repeats ${row.id}, which stands in row ${earlier + 1} already.`,
      });
    if (!groups.has(row.group)) {
      const known = groups.size === 0 ? "the protocol has none yet" : `it has ${[...groups].join(", ")}`;
      faults.push({
        path: at(index, "group"),
        code: "UNKNOWN_GROUP",
        message: `names ${row.group}, which is no group of the study: ${known}.`,
      });
    }
    if (row.birthDate !== null && row.birthDate > today) {
      faults.push({
        path: at(index, "birthDate"),
        code: "OUT_OF_RANGE",
        message: `is ${row.birthDate}, which is after today, ${today}.`,
      });
    }
    return faults;
  });
};

const recordsOf = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  made: readonly number[],
): Promise<readonly AuditRecord[]> => {
  const contents = await animalContents(transaction, study.id, made);
  return [...contents].map(([id, newValue]) => ({
    ...onAnimal(study, id),
    kind: "ANIMAL_REGISTERED",
    subject: String(newValue["id"]),
    newValue,
  }));
};

const COMPARED = ["sex", "group", "room", "cage", "birthDate", "strain", "genotype"] as const;

/** A tag that was there already must be the same animal, not another one. */
const conflictFaults = (rows: readonly NewAnimal[], stored: ReadonlyMap<string, Animal>, at: RowCheck["at"]) =>
  rows.flatMap((row, index) => {
    const found = stored.get(row.id);
    const different = COMPARED.filter((field) => found?.[field] !== row[field]);
    if (different.length === 0) return [];
    const message = `is ${row.id}, which is registered with another ${different.join(", ")}.`;
    return [{ path: at(index, "id"), code: "ANIMAL_EXISTS" as const, message }];
  });

/** Registers one animal or a list of them, all or none. Sent again with the same content, they are the same animals. */
export const registerAnimals = async (
  actor: Actor,
  code: string,
  wanted: NewAnimals,
): Promise<Result<Registered, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "animal.register");
  if (!gate.ok) return gate;
  const study = gate.value;
  const rows = Array.isArray(wanted) ? wanted : [wanted];
  const at = (index: number, field: string): string => (Array.isArray(wanted) ? `[${index}].${field}` : field);

  return command(auditedBy(actor, study.roles), async (transaction) => {
    // The draft of the protocol may not drop a group while an animal is being put into it.
    await holdStudy(transaction, study.id);
    const groups = new Set((await doseGroups(study.id, transaction)).map((group) => group.code));
    const today = localDate(Date.now(), study.timeZone);
    const wrong = refusedRows(rowFaults(rows, { at, groups, today }));
    if (wrong !== null) return wrong;
    const made = await addAnimals(transaction, study.id, rows, actor.userId);
    const animals = await animalsOf(
      transaction,
      study,
      rows.map(({ id }) => id),
    );
    const byTag = new Map(animals.map((animal) => [animal.id, animal]));
    const conflict = refusedRows(conflictFaults(rows, byTag, at));
    if (conflict !== null) return conflict;
    const [first, ...more] = await recordsOf(transaction, study, made);
    return ok({
      value: { created: made.length > 0, animals: rows.flatMap(({ id }) => byTag.get(id) ?? []) },
      audit: first === undefined ? "unchanged" : [first, ...more],
    });
  });
};
