import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** Whether a version judges, as known at an instant (null: now): what is signed, from its signature on; imported ones always did. */
const inForce = `(status <> 'draft' AND ($2::numeric IS NULL OR signed_at IS NULL OR signed_at <= to_timestamp($2::numeric / 1000)))`;

export type KnownVersions = {
  readonly revision: number;
  readonly versions: readonly { readonly inForce: boolean; readonly settings: Readonly<Record<string, unknown>> }[];
};

/**
 * A study's versions as known at an instant, with the revision of its rules. By hand, as one statement: a revision is
 * remembered with the versions that it stands for, and two statements could see a signature between them.
 */
export const versionsAt = async (
  transaction: Transaction,
  studyId: number,
  knownMs: number | null,
): Promise<KnownVersions> => {
  const [row] = await transaction.query<KnownVersions>({
    text: `SELECT rules_revision AS revision,
             (SELECT coalesce(jsonb_agg(jsonb_build_object('inForce', ${inForce}, 'settings', settings) ORDER BY version), '[]')
              FROM protocol_versions WHERE study_id = studies.id) AS versions
           FROM studies WHERE id = $1`,
    values: [studyId, knownMs],
  });
  if (row === undefined) throw new Error("a study that was found is not there");
  return row;
};

/** Of a study's versions, in their order, those that judge: before any is signed, what is drafted first. */
export const judgingVersions = <Version extends { readonly inForce: boolean }>(
  versions: readonly Version[],
): readonly Version[] => {
  const inForce = versions.filter((version) => version.inForce);
  return inForce.length > 0 ? inForce : versions.slice(0, 1);
};
