import "server-only";
import { Decimal } from "@/lib/domain/decimal";
import { checkDraft } from "@/lib/domain/protocol/check-protocol";
import type { ProtocolFinding } from "@/lib/domain/protocol/finding";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";
import { reasonOf, resumePolicyChosen } from "./protocol-rows";
import type { StoredProtocol } from "./protocol-rows";

type GroupRow = { readonly code: string; readonly control: boolean; readonly doseLevels: readonly string[] };

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
    amends: before === undefined ? null : { before: before.protocol, reason: reasonOf(version) },
  });
};
