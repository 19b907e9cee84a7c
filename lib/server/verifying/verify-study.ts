import "server-only";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import { animalChain, studyChain } from "@/lib/domain/trail/chain";
import type { ChainHead } from "@/lib/domain/trail/chain";
import { compareEntries, forgedEnd } from "@/lib/domain/proof/compare-entries";
import type { PlacedFault } from "@/lib/domain/proof/compare-entries";
import { readAnimalLog } from "@/lib/server/store/read-log";
import type { Transaction } from "@/lib/server/db/transaction";
import { checkDecisions } from "@/lib/server/judging/check-decisions";
import { animalRowFaults } from "./animal-row-faults";
import { checkChain } from "./chain-reading";
import { membershipFaults } from "./people-faults";
import { animalRecordFaults, studyRecordFaults } from "./record-faults";
import { auditReviewFaults, signatureFaults } from "./signature-faults";

export type StudyToVerify = { readonly id: number; readonly code: string; readonly timeZone: string };

export type VerifiedStudy = {
  readonly faults: readonly AuditFault[];
  readonly entries: number;
  readonly animals: number;
  /** The chains that were looked at. */
  readonly chains: readonly string[];
};

type Heads = ReadonlyMap<string, readonly ChainHead[]>;
type Animal = { readonly studyId: number; readonly id: number; readonly tag: string };

const NOTHING_SAID: Pick<AuditFault, "subject"> = { subject: null };

const verifyAnimal = async (
  transaction: Transaction,
  { studyId, id, tag }: Animal,
  { chain, heads }: { readonly chain: string; readonly heads: readonly ChainHead[] },
): Promise<{ readonly faults: readonly AuditFault[]; readonly entries: number }> => {
  const checked = await checkChain(transaction, chain, heads);
  const log = await readAnimalLog(transaction, studyId, id);
  const entries = new Map(log.map((entry) => [String(entry["id"]), entry]));
  const faults: readonly PlacedFault[] = [
    ...forgedEnd(checked.faults, checked.events, entries),
    ...compareEntries(checked.events, entries, checked.known, checked.isShort),
    ...(await animalRecordFaults(transaction, { studyId, animalId: id }, checked)),
    ...(await animalRowFaults(transaction, { studyId, animalId: id }, checked)),
  ];
  return { faults: faults.map((fault) => ({ study: null, subject: `animal ${tag}`, ...fault })), entries: log.length };
};

/** What cannot even be read was not written by this application. */
const decisionFaults = async (transaction: Transaction, study: StudyToVerify): Promise<readonly AuditFault[]> => {
  try {
    const found = await checkDecisions(transaction, study);
    return found.map(({ animal, what, run }) => ({
      study: null,
      subject: `animal ${animal}`,
      sequence: run,
      kind: "decision differs",
      what,
    }));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const what = `its decisions cannot be compared: ${reason}`;
    return [{ study: null, subject: null, sequence: null, kind: "decision differs", what }];
  }
};

/** A study: its chain and its animals', their entries and records, and everything decided. */
export const verifyStudy = async (
  transaction: Transaction,
  study: StudyToVerify,
  heads: Heads,
): Promise<VerifiedStudy> => {
  const own = studyChain(study.code);
  const chains = [own];
  const checked = await checkChain(transaction, own, heads.get(own) ?? []);
  const ofStudy = [
    ...checked.faults,
    ...(await studyRecordFaults(transaction, study.id, checked)),
    ...(await signatureFaults(transaction, study.id, checked)),
    ...(await auditReviewFaults(transaction, study.id, checked)),
    ...(await membershipFaults(transaction, study.id, checked)),
  ];
  const faults: AuditFault[] = ofStudy.map((fault) => ({ study: null, ...NOTHING_SAID, ...fault }));
  const animals = await transaction.query<Animal>({
    text: `SELECT study_id AS "studyId", id, tag FROM animals WHERE study_id = $1 ORDER BY id`,
    values: [study.id],
  });
  let entries = 0;
  for (const animal of animals) {
    const chain = animalChain(study.code, animal.id);
    const found = await verifyAnimal(transaction, animal, { chain, heads: heads.get(chain) ?? [] });
    faults.push(...found.faults);
    entries += found.entries;
    chains.push(chain);
  }
  faults.push(...(await decisionFaults(transaction, study)));
  return { faults: faults.map((fault) => ({ ...fault, study: study.code })), entries, animals: animals.length, chains };
};
