import "server-only";
import { studyChain } from "@/lib/domain/trail/chain";
import type { Checkpoint, NamedHead } from "@/lib/domain/proof/checkpoint";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** Of which study; without an id, of the accounts' chains and the installation's own. */
export type CheckpointScope = { readonly studyId: number | null; readonly code: string | null };

const COLUMNS = `(SELECT id::text FROM installations) AS installation, s.code AS study, c.number, ${msOf("c.at")} AS "atMs", c.cause,
  c.heads, encode(c.previous_hash, 'hex') AS "previousHash", encode(c.hash, 'hex') AS hash,
  encode(c.signature, 'hex') AS signature, encode(c.public_key, 'hex') AS "publicKey"`;

/** A scope's checkpoints after a number, in order. */
export const checkpointsOf = (
  transaction: Transaction,
  { studyId }: Pick<CheckpointScope, "studyId">,
  after = 0,
): Promise<readonly Checkpoint[]> =>
  transaction.query<Checkpoint>({
    text: `SELECT ${COLUMNS} FROM audit_checkpoints c LEFT JOIN studies s ON s.id = c.study_id
           WHERE c.study_id IS NOT DISTINCT FROM $1::integer AND c.number > $2 ORDER BY c.number`,
    values: [studyId, after],
  });

export const installationId = async (transaction: Transaction): Promise<string> => {
  const [installation] = await transaction.query<{ readonly id: string }>({
    text: "SELECT id::text FROM installations ORDER BY made_at LIMIT 1",
  });
  if (installation === undefined) throw new Error("the database has no id: was a migration left out?");
  return installation.id;
};

/** Every study, and the installation. */
export const checkpointScopes = async (transaction: Transaction): Promise<readonly CheckpointScope[]> => {
  const studies = await transaction.query<{ readonly studyId: number; readonly code: string }>({
    text: `SELECT id AS "studyId", code FROM studies ORDER BY id`,
  });
  return [...studies, { studyId: null, code: null }];
};

/** The last event of each chain: one look into the index for each. */
const headsText = (chains: string): string => `
  SELECT c.chain, h.sequence::float8 AS sequence, encode(h.hash, 'hex') AS hash FROM (${chains}) AS c(chain)
  CROSS JOIN LATERAL (SELECT sequence, hash FROM audit_events e WHERE e.chain = c.chain ORDER BY sequence DESC LIMIT 1) h`;

const STUDY_CHAINS = `SELECT $2::text COLLATE "C" UNION ALL
  SELECT concat('animal:', s.code, ':', a.id) COLLATE "C" FROM animals a JOIN studies s ON s.id = a.study_id WHERE a.study_id = $1`;

const INSTALLATION_CHAINS = `SELECT 'installation' COLLATE "C" UNION ALL SELECT concat('account:', id) COLLATE "C" FROM users`;

/** Where every chain of a scope stands. */
export const headsOf = (transaction: Transaction, { studyId, code }: CheckpointScope): Promise<readonly NamedHead[]> =>
  transaction.query<NamedHead>(
    studyId === null
      ? { name: "installation_heads", text: headsText(INSTALLATION_CHAINS) }
      : { name: "study_heads", text: headsText(STUDY_CHAINS), values: [studyId, studyChain(code ?? "")] },
  );

/** One maker of checkpoints at a time in each scope, over all processes; answers whether it may, with the instant. */
export const lockCheckpoints = async (
  transaction: Transaction,
  { code }: CheckpointScope,
  wait: boolean,
): Promise<{ readonly isOurs: boolean; readonly atMs: number }> => {
  const key = "hashtextextended($1, 20261124)";
  const [lock] = await transaction.query<{ readonly isOurs: boolean; readonly atMs: number }>({
    text: `SELECT ${wait ? `pg_advisory_xact_lock(${key}) IS NOT NULL` : `pg_try_advisory_xact_lock(${key})`} AS "isOurs",
           ${msOf("date_trunc('milliseconds', clock_timestamp())")} AS "atMs"`,
    values: [`checkpoint:${code ?? ""}`],
  });
  return { isOurs: lock?.isOurs === true, atMs: lock?.atMs ?? 0 };
};

export const insertCheckpoint = async (
  transaction: Transaction,
  { studyId }: CheckpointScope,
  { number, atMs, cause, heads, previousHash, hash, signature, publicKey }: Checkpoint,
): Promise<void> => {
  await transaction.query({
    text: `INSERT INTO audit_checkpoints (study_id, number, at, cause, heads, previous_hash, hash, signature, public_key)
           VALUES ($1, $2, to_timestamp($3::numeric / 1000), $4, $5, decode($6, 'hex'), decode($7, 'hex'), decode($8, 'hex'), decode($9, 'hex'))`,
    values: [studyId, number, atMs, cause, heads, previousHash, hash, signature, publicKey],
  });
};
