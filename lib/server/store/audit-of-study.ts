import "server-only";
import { animalChain, studyChain } from "@/lib/domain/trail/chain";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { CHAINED_COLUMNS } from "./audit-chain";
import type { Snapshot } from "@/lib/server/db/stream-rows";
import type { Transaction } from "@/lib/server/db/transaction";

const animalPrefix = (code: string): string => animalChain(code, 0).slice(0, -1);

/**
 * Every event of a study's chains, chain by chain in order. They are found by the chain, which is hashed, and not by the
 * study's id beside it, which is not; what follows the prefix of an animal's chain is a number.
 */
export const eventsOfStudy = (
  snapshot: Snapshot,
  code: string,
): AsyncGenerator<readonly ChainedEvent[], void, undefined> =>
  snapshot.parts<ChainedEvent>({
    text: `SELECT ${CHAINED_COLUMNS} FROM audit_events
           WHERE chain = $1 OR (chain >= $2 AND chain < $3 AND substr(chain, length($2) + 1) ~ '^[0-9]+$')
           ORDER BY chain, sequence`,
    values: [studyChain(code), animalPrefix(code), `${animalPrefix(code).slice(0, -1)};`],
  });

/** What happens to a study without changing what its bundle holds. */
const WITHOUT_CHANGE = [
  "STUDY_IMPORTED",
  "PROTOCOL_IMPORTED",
  "ANIMAL_IMPORTED",
  "ENTRY_IMPORTED",
  "MEMBERSHIP_CHANGED",
  "BUNDLE_EXPORTED",
  "HISTORY_EXPORTED",
  "ACCESS_REFUSED",
  "RECORDING_REFUSED",
];

/** Whether a study came as a bundle, and nothing was recorded, changed or signed in it since. */
export const isAsImported = async ({ prisma }: Transaction, studyId: number): Promise<boolean> => {
  const { auditEvent, study } = await prisma();
  const { imported } = await study.findUniqueOrThrow({ where: { id: studyId }, select: { imported: true } });
  if (!imported) return false;
  const changing = { studyId, kind: { notIn: WITHOUT_CHANGE } };
  return (await auditEvent.findFirst({ where: changing, select: { kind: true } })) === null;
};
