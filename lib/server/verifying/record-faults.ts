import "server-only";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { valueOf } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import { msOf } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { protocolContent } from "@/lib/server/store/protocol-versions";
import { animalContents } from "@/lib/server/store/animals";
import { studyContent } from "@/lib/server/store/studies";
import type { CheckedChain } from "./chain-reading";
import { asObject, instantOf, namesActor, recordFaults } from "./record-comparison";
import type { Document } from "./record-comparison";

/** An animal's own record against the latest event that says all of its fields. */
export const animalRecordFaults = async (
  transaction: Transaction,
  { studyId, animalId }: { readonly studyId: number; readonly animalId: number },
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const event = checked.events.findLast(
    ({ kind, entryId, newValue }) => kind.startsWith("ANIMAL_") && entryId === null && newValue !== null,
  );
  const now = (await animalContents(transaction, studyId, [animalId])).get(animalId) ?? null;
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

const DISCARDED = "PROTOCOL_DRAFT_DISCARDED";
const SIGNED_KINDS = new Set(["PROTOCOL_SIGNED", "PROTOCOL_AMENDED"]);

/** What a version is after each kind of event. */
const STATUS_AFTER: Readonly<Record<string, string>> = {
  PROTOCOL_DRAFTED: "draft",
  PROTOCOL_SIGNED: "signed",
  PROTOCOL_AMENDED: "signed",
  PROTOCOL_IMPORTED: "imported",
};

/** The dose groups are the study's: an earlier version says them as they were then. */
const withoutGroups = ({ groups: _groups, ...document }: Document): Document => document;

type VersionRow = {
  readonly version: string;
  readonly status: string;
  readonly signer: string | null;
  readonly signedMs: number | null;
};

/** Who signed a version, and when, against whoever the event says acted; of what was there before the trail it says nobody. */
const standingOf = (event: ChainedEvent, row: VersionRow): readonly [recorded: Document, now: Document] => {
  const status = STATUS_AFTER[event.kind];
  if (!SIGNED_KINDS.has(event.kind) || !namesActor(event)) return [{ status }, { status: row.status }];
  return [
    { status, signer: event.actor, "instant of signing": instantOf(event, row.signedMs ?? 0) },
    { status: row.status, signer: row.signer, "instant of signing": row.signedMs },
  ];
};

const protocolFaults = async (
  transaction: Transaction,
  studyId: number,
  checked: CheckedChain,
): Promise<readonly PlacedFault[]> => {
  const latest = new Map<string, ChainedEvent | null>();
  let last = "";
  for (const event of checked.events) {
    if (event.kind === DISCARDED) latest.set(event.subject ?? "", null);
    if (!Object.hasOwn(STATUS_AFTER, event.kind)) continue;
    latest.set(event.subject ?? "", event);
    last = event.subject ?? "";
  }
  const stored = await transaction.query<VersionRow>({
    text: `SELECT version::text AS version, status, signed_by::text AS signer, ${msOf("signed_at")} AS "signedMs"
           FROM protocol_versions WHERE study_id = $1`,
    values: [studyId],
  });
  const rows = new Map(stored.map((row) => [row.version, row]));
  const faults: PlacedFault[] = [];
  for (const version of new Set([...latest.keys(), ...rows.keys()])) {
    const event = latest.get(version) ?? undefined;
    const row = rows.get(version);
    if (event === undefined && row === undefined) continue;
    const said = asObject(valueOf(event?.newValue ?? null));
    const content = row === undefined ? null : await protocolContent(transaction, studyId, Number(version));
    const of = version === last ? (document: Document): Document => document : withoutGroups;
    const [recorded, now] = event === undefined || row === undefined ? [{}, {}] : standingOf(event, row);
    faults.push(
      ...recordFaults(checked, {
        what: `protocol version ${version}`,
        event,
        recorded: { ...of(said), ...recorded },
        now: content === null ? null : { ...of(content), ...now },
      }),
    );
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
