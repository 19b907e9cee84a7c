import "server-only";
import type { CheckpointMark } from "@/lib/domain/language/checkpoint-words";
import { NO_CHECKPOINT, checkpointWords } from "@/lib/domain/language/checkpoint-words";
import { connection } from "@/lib/server/db/connection";
import { msOf } from "@/lib/server/store/read-log";
import { makeCheckpoint } from "./make-checkpoint";
import { fingerprintOf } from "./checkpoint-signatures";

type MarkRow = Omit<CheckpointMark, "fingerprint"> & { readonly publicKey: string };

/** The latest checkpoint of a study, or (null) of the accounts and the installation, in the words that are printed. */
export const latestCheckpoint = async (studyId: number | null): Promise<string> => {
  const [row] = await connection.query<MarkRow>({
    text: `SELECT number, ${msOf("at")} AS "atMs", encode(hash, 'hex') AS hash, encode(public_key, 'hex') AS "publicKey"
           FROM audit_checkpoints WHERE scope = coalesce($1::integer, 0) ORDER BY number DESC LIMIT 1`,
    values: [studyId],
  });
  return row === undefined ? NO_CHECKPOINT : checkpointWords({ ...row, fingerprint: fingerprintOf(row.publicKey) });
};

/** Makes the checkpoint of an export, once the export is an event, and gives the words to print on it. */
export const checkpointOfExport = async (
  study: { readonly id: number; readonly code: string } | null,
): Promise<string> => {
  await makeCheckpoint({ studyId: study?.id ?? null, code: study?.code ?? null }, "export");
  return latestCheckpoint(study?.id ?? null);
};
