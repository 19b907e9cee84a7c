import "server-only";
import { differingKeys } from "@/lib/domain/audit/canonical-json";
import type { ChainedEvent } from "@/lib/domain/audit/chain";
import { namesOf, valueOf } from "@/lib/domain/audit/compare-entries";
import type { PlacedFault } from "@/lib/domain/audit/compare-entries";
import type { Transaction } from "@/lib/server/db/transaction";
import { protocolContent } from "@/lib/server/kernel/signed-content";
import { animalContents, studyContent } from "@/lib/server/kernel/study-content";
import type { CheckedChain } from "./chain-reading";

type Document = Readonly<Record<string, unknown>>;

const asObject = (value: unknown): Document =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Document) : {};

type StoredRecord = {
  readonly what: string;
  /** The latest event that says what the record came to. */
  readonly event: ChainedEvent | undefined;
  readonly recorded: Document;
  readonly now: Document | null;
};

/** What a record is, against the event that says what it came to. */
const recordFaults = (
  { known }: CheckedChain,
  { what, event, recorded, now }: StoredRecord,
): readonly PlacedFault[] => {
  if (event === undefined)
    return [{ sequence: null, kind: "inserted", what: `${what} is there, and no event recorded it` }];
  const { sequence } = event;
  if (known.has(sequence)) return [];
  if (now === null) return [{ sequence, kind: "removed", what: `${what} was recorded and is not there` }];
  const keys = differingKeys(recorded, now);
  if (keys.length === 0) return [];
  return [{ sequence, kind: "changed", what: `${what} is not what was recorded: ${namesOf(keys)} differ` }];
};

/** An animal's own record against the latest event that says all of its fields. */
export const animalRecordFaults = async (
  transaction: Transaction,
  animalId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const event = checked.events.findLast(
    ({ kind, entryId, newValue }) => kind.startsWith("ANIMAL_") && entryId === null && newValue !== null,
  );
  const now = (await animalContents(transaction, [animalId])).get(animalId) ?? null;
  const recorded = asObject(valueOf(event?.newValue ?? null));
  return recordFaults(checked, { what: "the animal's record", event, recorded, now });
};

/** A study is made once; after that its status changes, and nothing else of it. */
const studyFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const { events } = checked;
  const event = events.find(({ kind }) => kind === "STUDY_CREATED" || kind === "STUDY_IMPORTED");
  const made = asObject(valueOf(event?.newValue ?? null));
  const lived = events.flatMap(({ kind, newValue }) => {
    if (kind === "PROTOCOL_SIGNED") return ["active"];
    const status = kind.startsWith("STUDY_") ? asObject(valueOf(newValue))["status"] : undefined;
    return typeof status === "string" ? [status] : [];
  });
  const recorded = { ...made, status: lived.at(-1) ?? made["status"] };
  const now = await studyContent(transaction, studyId);
  return recordFaults(checked, { what: "the study's record", event, recorded, now });
};

const PROTOCOL_KINDS = new Set(["PROTOCOL_DRAFTED", "PROTOCOL_SIGNED", "PROTOCOL_AMENDED", "PROTOCOL_IMPORTED"]);
const DISCARDED = "PROTOCOL_DRAFT_DISCARDED";

/** The dose groups are the study's: an earlier version says them as they were then. */
const withoutGroups = ({ groups: _groups, ...document }: Document): Document => document;

const protocolFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const latest = new Map<string, ChainedEvent | null>();
  let last = "";
  for (const event of checked.events) {
    if (event.kind === DISCARDED) latest.set(event.subject ?? "", null);
    if (!PROTOCOL_KINDS.has(event.kind)) continue;
    latest.set(event.subject ?? "", event);
    last = event.subject ?? "";
  }
  const stored = await transaction.query<{ readonly version: string }>({
    text: "SELECT version::text AS version FROM protocol_versions WHERE study_id = $1",
    values: [studyId],
  });
  const present = new Set(stored.map(({ version }) => version));
  const faults: PlacedFault[] = [];
  for (const version of new Set([...latest.keys(), ...present])) {
    const event = latest.get(version) ?? undefined;
    const isThere = present.has(version);
    if (event === undefined && !isThere) continue;
    const said = asObject(valueOf(event?.newValue ?? null));
    const content = isThere ? await protocolContent(transaction, studyId, Number(version)) : null;
    const [recorded, now] =
      version === last ? [said, content] : [withoutGroups(said), content === null ? null : withoutGroups(content)];
    faults.push(...recordFaults(checked, { what: `protocol version ${version}`, event, recorded, now }));
  }
  return faults;
};

/** The study's own record and each version of its protocol, against the events that recorded them. */
export const studyRecordFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => [
  ...(await studyFaults(transaction, studyId, checked)),
  ...(await protocolFaults(transaction, studyId, checked)),
];
