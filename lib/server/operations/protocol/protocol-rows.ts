import "server-only";
import type { ProtocolVersion } from "@/lib/contracts/protocol";
import { checked } from "@/lib/domain/bundle/check";
import { protocolAt } from "@/lib/domain/bundle/read-protocol";
import { protocolDocument } from "@/lib/domain/bundle/write-protocol";
import type { Protocol } from "@/lib/domain/protocol/protocol";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import type { Transaction } from "@/lib/server/db/transaction";

type VersionRow = {
  readonly version: number;
  readonly status: "draft" | "signed" | "imported";
  readonly settings: Readonly<Record<string, unknown>>;
  readonly draftedAt: Date;
  readonly draftedBy: string | null;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
};

type GroupRow = Omit<ProtocolVersion["groups"][number], "doseLevels" | "startingDose"> & {
  readonly doseLevels: readonly string[];
  readonly startingDose: string | null;
};

/** A stored protocol version: its row, and what it means to the rules. */
export type StoredProtocol = { readonly row: VersionRow; readonly protocol: Protocol };

const versionRows = async (connection: Transaction, studyId: number): Promise<readonly VersionRow[]> => {
  const rows = await connection.query<VersionRow>({
    text: `SELECT version, status, settings, drafted_at AS "draftedAt", drafter.name AS "draftedBy",
            signed_at AS "signedAt", signer.name AS "signedBy"
     FROM protocol_versions
     LEFT JOIN users AS drafter ON drafter.id = drafted_by
     LEFT JOIN users AS signer ON signer.id = signed_by
     WHERE study_id = $1 ORDER BY version`,
    values: [studyId],
  });
  return rows;
};

/** Every version of a study's protocol, oldest first, the draft included. */
export const storedProtocols = async (
  connection: Transaction,
  study: AuthorizedStudy,
): Promise<readonly StoredProtocol[]> => {
  const stored: StoredProtocol[] = [];
  for (const row of await versionRows(connection, study.id)) {
    const read = checked(() => protocolAt(row.settings, "", stored.at(-1)?.protocol ?? null));
    if (!read.ok)
      throw new Error(
        `protocol version ${row.version} of study ${study.code}: ${read.fault.path} ${read.fault.message}`,
      );
    stored.push({ row, protocol: read.value });
  }
  return stored;
};

const groupRows = async (connection: Transaction, studyId: number): Promise<ProtocolVersion["groups"]> => {
  const rows = await connection.query<GroupRow>({
    text: `SELECT code, label, control, dose_levels::text[] AS "doseLevels", starting_dose::text AS "startingDose",
            (SELECT count(*)::int FROM animals WHERE animals.study_id = dose_groups.study_id AND group_code = dose_groups.code) AS animals
     FROM dose_groups WHERE study_id = $1 ORDER BY position, code`,
    values: [studyId],
  });
  return rows.map((row) => ({
    ...row,
    doseLevels: row.doseLevels.map(Number),
    startingDose: row.startingDose === null ? null : Number(row.startingDose),
  }));
};

/** A protocol version as it is shown, with the study's dose groups. */
export const protocolVersionOf = async (
  connection: Transaction,
  study: AuthorizedStudy,
  { row, protocol }: StoredProtocol,
): Promise<ProtocolVersion> => {
  const { effectiveFrom, resumePolicy, ...settings } = protocolDocument(protocol);
  const chosen = row.settings["resumePolicy"];
  return {
    ...settings,
    effectiveFrom,
    status: row.status === "draft" ? "DRAFT" : "SIGNED",
    savedAt: row.draftedAt.toISOString(),
    savedBy: row.draftedBy,
    signedAt: row.signedAt?.toISOString() ?? null,
    signedBy: row.signedBy,
    // A draft may leave it open; what the rules would assume is not what somebody chose.
    resumePolicy: row.status === "draft" && (chosen === undefined || chosen === null) ? null : resumePolicy,
    groups: await groupRows(connection, study.id),
  };
};
