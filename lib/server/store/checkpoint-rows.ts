import "server-only";
import { studyChain } from "@/lib/domain/trail/chain";
import type { Checkpoint, NamedHead } from "@/lib/domain/proof/checkpoint";
import { bytesOf } from "./bytes";
import { msOf } from "./read-log";
import type { Transaction } from "@/lib/server/db/transaction";

/** Of which study; without an id, of the accounts' chains and the installation's own. */
export type CheckpointScope = { readonly studyId: number | null; readonly code: string | null };

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array<ArrayBuffer> => bytesOf(Buffer.from(text, "hex"));

/** A scope's checkpoints after a number, in order. */
export const checkpointsOf = async (
  transaction: Transaction,
  { studyId }: Pick<CheckpointScope, "studyId">,
  after = 0,
): Promise<readonly Checkpoint[]> => {
  const prisma = await transaction.prisma();
  const installation = await installationId(transaction);
  const rows = await prisma.auditCheckpoint.findMany({
    where: { scope: studyId ?? 0, number: { gt: after } },
    orderBy: { number: "asc" },
    include: { study: { select: { code: true } } },
  });
  return rows.map(({ study, number, at, cause, heads, previousHash, hash, signature, publicKey }) => ({
    installation,
    study: study?.code ?? null,
    number,
    atMs: at.getTime(),
    cause,
    heads,
    previousHash: hex(previousHash),
    hash: hex(hash),
    signature: hex(signature),
    publicKey: hex(publicKey),
  }));
};

export const installationId = async ({ prisma }: Transaction): Promise<string> => {
  const installation = await (await prisma()).installation.findFirst({ orderBy: { madeAt: "asc" } });
  if (installation === null) throw new Error("the database has no id: was a migration left out?");
  return installation.id;
};

/** Every study, and the installation. */
export const checkpointScopes = async ({ prisma }: Transaction): Promise<readonly CheckpointScope[]> => {
  const studies = await (await prisma()).study.findMany({ orderBy: { id: "asc" }, select: { id: true, code: true } });
  return [...studies.map(({ id, code }) => ({ studyId: id, code })), { studyId: null, code: null }];
};

/** Where every chain of a scope stands: one look into the index for the last event of each. */
export const headsOf = (transaction: Transaction, { studyId, code }: CheckpointScope): Promise<readonly NamedHead[]> =>
  transaction.query<NamedHead>({
    text: `
      SELECT c.chain, h.sequence::float8 AS sequence, encode(h.hash, 'hex') AS hash
      FROM (
        SELECT 'installation' COLLATE "C" WHERE $1::int IS NULL
        UNION ALL SELECT concat('account:', id) COLLATE "C" FROM users WHERE $1::int IS NULL
        UNION ALL SELECT $2::text COLLATE "C" WHERE $1::int IS NOT NULL
        UNION ALL SELECT concat('animal:', s.code, ':', a.id) COLLATE "C"
          FROM animals a JOIN studies s ON s.id = a.study_id WHERE a.study_id = $1
      ) AS c(chain)
        CROSS JOIN LATERAL (SELECT sequence, hash FROM audit_events e WHERE e.chain = c.chain ORDER BY sequence DESC LIMIT 1) h`,
    values: [studyId, studyId === null ? null : studyChain(code ?? "")],
  });

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
  { prisma }: Transaction,
  { studyId }: CheckpointScope,
  { number, atMs, cause, heads, ...checkpoint }: Checkpoint,
): Promise<void> => {
  const { previousHash, hash, signature, publicKey } = checkpoint;
  const row = { studyId, number, at: new Date(atMs), cause, heads };
  const signed = { previousHash: bytes(previousHash), hash: bytes(hash), signature: bytes(signature) };
  const data = [{ ...row, ...signed, publicKey: bytes(publicKey) }];
  await (await prisma()).auditCheckpoint.createMany({ data });
};
