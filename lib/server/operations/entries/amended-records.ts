import "server-only";
import { writeInstant } from "@/lib/domain/time/instant";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import { findRecords } from "@/lib/server/store/known-entries";
import type { KnownEntry, RecordStatus } from "@/lib/server/store/known-entries";
import type { Transaction } from "@/lib/server/db/transaction";
import type { EntryFault, SentEntry } from "./sent-entries";

/** The record of the entry that a correction or void names. Whose it is, its latest version says. */
export type Amended = {
  readonly kind: EntryKind;
  readonly recordId: string;
  /** The account; null for an imported entry. */
  readonly recordedBy: string | null;
  readonly recorderName: string | null;
};

/** The id that an entry corrects or voids; null for one that stands by itself. */
const amendedId = ({ input }: SentEntry): string | null =>
  input.kind === "void" ? input.voids : (input.corrects ?? null);

export const amendedIds = (sent: readonly SentEntry[]): readonly string[] =>
  sent.map(amendedId).filter((id) => id !== null);

const faultOf = (entry: SentEntry, id: string, target: KnownEntry | undefined): EntryFault | null => {
  const { input, path } = entry;
  const field = input.kind === "void" ? "voids" : "corrects";
  if (target === undefined) {
    return { path: path(field), code: "UNKNOWN_ENTRY", message: `is ${id}, and the study has no such entry` };
  }
  if (target.kind === "void") {
    return {
      path: path(field),
      code: "INVALID_VALUE",
      message: `is ${id}, which is a void: what was voided is recorded anew`,
    };
  }
  if (target.tag !== input.animal) {
    return {
      path: path("animal"),
      code: "INVALID_VALUE",
      message: `must be ${target.tag}, the animal of ${id}: void that entry, and record it for ${input.animal}`,
    };
  }
  if (input.kind !== "void" && target.kind !== input.kind) {
    return { path: path("kind"), code: "INVALID_VALUE", message: `must be ${target.kind}, the kind of ${id}` };
  }
  return null;
};

/** "by Ines Okafor at 2026-01-12T09:30:00.000Z" */
const byWhomAndWhen = ({ latestBy, latestMs }: RecordStatus): string =>
  `${latestBy === null ? "" : `by ${latestBy} `}at ${writeInstant(latestMs)}`;

const changedFault = (
  { input, path }: SentEntry,
  id: string,
  status: RecordStatus | undefined,
  isSecond: boolean,
): EntryFault | null => {
  const field = input.kind === "void" ? "voids" : "corrects";
  const fault = (message: string): EntryFault => ({ path: path(field), code: "ENTRY_CHANGED", message });
  if (isSecond) return fault(`is ${id}, which another entry of this request amends: send one of the two`);
  if (status?.voided === true) {
    return fault(`is ${id}, which was voided ${byWhomAndWhen(status)}: record what is true as a new entry`);
  }
  if (input.kind !== "void" && status?.correctedIds.includes(id) === true) {
    return fault(`is ${id}, which was corrected ${byWhomAndWhen(status)}: correct ${status.latestId}, which stands`);
  }
  return null;
};

/**
 * What the corrections and voids among the entries name. A correction is of a record's latest version, so that nobody
 * overwrites what somebody else has just put right. The animals are locked already.
 */
export const findAmended = async (
  transaction: Transaction,
  studyId: number,
  fresh: readonly SentEntry[],
  stored: ReadonlyMap<string, KnownEntry>,
): Promise<{ readonly amended: ReadonlyMap<SentEntry, Amended>; readonly faults: readonly EntryFault[] }> => {
  const amending = fresh.flatMap((entry) => {
    const id = amendedId(entry);
    return id === null ? [] : [{ entry, id, target: stored.get(id) }];
  });
  if (amending.length === 0) return { amended: new Map(), faults: [] };
  const targets = amending.flatMap(({ target }) => target ?? []);
  const records = await findRecords(
    transaction,
    studyId,
    targets.map(({ animalId }) => animalId),
    targets.map(({ recordId }) => recordId),
  );
  const statusOf = new Map(records.map((record) => [record.recordId, record]));
  const faults: EntryFault[] = [];
  const amended = new Map<SentEntry, Amended>();
  const taken = new Set<string>();
  for (const { entry, id, target } of amending) {
    const fault =
      faultOf(entry, id, target) ??
      (target === undefined
        ? null
        : changedFault(entry, id, statusOf.get(target.recordId), taken.has(target.recordId)));
    if (fault !== null) faults.push(fault);
    if (fault !== null || target === undefined) continue;
    taken.add(target.recordId);
    const status = statusOf.get(target.recordId);
    amended.set(entry, {
      kind: target.kind as EntryKind,
      recordId: target.recordId,
      recordedBy: status?.latestRecorder ?? null,
      recorderName: status?.latestBy ?? null,
    });
  }
  return { amended, faults };
};
