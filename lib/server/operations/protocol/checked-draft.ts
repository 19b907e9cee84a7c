import "server-only";
import { Decimal } from "@/lib/domain/decimal";
import { checkDraft } from "@/lib/domain/study/check-protocol";
import type { ProtocolFinding } from "@/lib/domain/study/finding";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { dosesOnDose } from "@/lib/server/store/animal-states";
import { doseGroups } from "@/lib/server/store/dose-groups";
import { studyAnimalRows } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";
import { reasonOf, resumePolicyChosen } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

/** Animals on dose whose ladder is the protocol's: an amendment of its levels reaches them. */
const onOwnLevels = async (
  transaction: Transaction,
  study: AuthorizedStudy,
): Promise<readonly { readonly animal: string; readonly dose: Decimal }[]> => {
  const doses = await dosesOnDose(transaction, study.id);
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
  const groups = await doseGroups(study.id, transaction);
  return checkDraft({
    protocol: version.protocol,
    groups: groups.map(({ code, control, doseLevels }) => ({
      code,
      control,
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
