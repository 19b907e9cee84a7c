import "server-only";
import { setImmediate } from "node:timers/promises";
import { exceptionsOf, ranked } from "@/lib/domain/trail/exceptions";
import type { AuditException } from "@/lib/domain/trail/exceptions";
import { Decimal } from "@/lib/domain/decimal";
import type { RecordOfAnimal } from "@/lib/contracts/animal-record";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import { animalRecords } from "@/lib/server/store/animal-records";
import { refusedAttempts, signInTrouble } from "./exception-rows";
import { decidedOwnChange, holdersOfTwoRoles } from "./two-roles";

const ofAnimal = ({ animal, protocols, log }: RecordOfAnimal): readonly AuditException[] =>
  exceptionsOf({
    protocols,
    animal: {
      id: animal.id,
      control: animal.control,
      startingDose: new Decimal(animal.startingDose),
      doseLevels: animal.doseLevels?.map((level) => new Decimal(level)) ?? null,
    },
    log: log.map(({ entry, recordedBy, recorderId }) => ({
      entry,
      by: recordedBy,
      recorder: recorderId ?? recordedBy,
    })),
  });

/** Every exception of a study as its record stands, the gravest first. */
export const studyExceptions = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly AuditException[]> => {
  const [records, ...others] = await Promise.all([
    animalRecords(transaction, study, { animalIds: null, knownMs: null }),
    decidedOwnChange(transaction, study),
    holdersOfTwoRoles(transaction, study),
    signInTrouble(transaction, study),
    refusedAttempts(transaction, study),
  ]);
  const ofAnimals: AuditException[] = [];
  for (const record of records) {
    ofAnimals.push(...ofAnimal(record));
    // A long study takes seconds: whoever else is served meanwhile has a turn after each animal.
    await setImmediate();
  }
  return ranked([...ofAnimals, ...others.flat()]);
};
