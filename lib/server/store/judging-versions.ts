import "server-only";

/**
 * Of `protocol_versions`: whether a version judges, as known at an instant in milliseconds, which is a parameter of the
 * statement; null: now. An imported one always did.
 */
export const inForceBy = (knownMs: string): string =>
  `(status <> 'draft' AND (${knownMs}::numeric IS NULL OR signed_at IS NULL OR signed_at <= to_timestamp(${knownMs}::numeric / 1000)))`;

/** Of a study's versions, in their order, those that judge: before any is signed, what is drafted first. */
export const judgingVersions = <Version extends { readonly inForce: boolean }>(
  versions: readonly Version[],
): readonly Version[] => {
  const inForce = versions.filter((version) => version.inForce);
  return inForce.length > 0 ? inForce : versions.slice(0, 1);
};
