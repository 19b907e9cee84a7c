import "server-only";
import { Decimal } from "@/lib/domain/decimal";
import { checkDraft } from "@/lib/domain/study/check-protocol";
import type { ProtocolFinding } from "@/lib/domain/study/finding";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { reasonOf, resumePolicyChosen } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

type GroupRow = { readonly code: string; readonly control: boolean; readonly doseLevels: readonly string[] };

/** Animals on dose whose ladder is the protocol's: an amendment of its levels reaches them. */
const onOwnLevels = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly { readonly animal: string; readonly dose: Decimal }[]> => {
  const onDose = await transaction.query<{ readonly animalId: number; readonly dose: string }>({
    text: `SELECT animal_id AS "animalId", dose::text AS dose FROM animal_states WHERE study_id = $1 AND status = 'ON_DOSE'`,
    values: [study.id],
  });
  const doses = new Map(onDose.map(({ animalId, dose }) => [animalId, dose]));
  return (await studyAnimalRows(transaction, study.id, null)).flatMap(({ animalId, tag, control, doseLevels }) => {
    const dose = doses.get(animalId);
    return dose === undefined || control || doseLevels !== null ? [] : [{ animal: tag, dose: new Decimal(dose) }];
  });
};

/** What the checks say of a version; `before` is the one that it follows, undefined for the first. */
export const findingsOf = async (
  transaction: Transaction,
  study: AuthorizedStudy,
  version: StoredProtocol,
  before: StoredProtocol | undefined,
): Promise<readonly ProtocolFinding[]> => {
  const groups = await transaction.query<GroupRow>({
    text: `SELECT code, control, dose_levels::text[] AS "doseLevels" FROM dose_groups WHERE study_id = $1 ORDER BY position, code`,
    values: [study.id],
  });
  return checkDraft({
    protocol: version.protocol,
    groups: groups.map(({ doseLevels, ...group }) => ({
      ...group,
      doseLevels: doseLevels.map((level) => new Decimal(level)),
    })),
    resumePolicyChosen: resumePolicyChosen(version),
    amends:
      before === undefined
        ? null
        : {
            before: before.protocol,
            reason: reasonOf(version),
            onOwnLevels: await onOwnLevels(transaction, study),
          },
  });
};
