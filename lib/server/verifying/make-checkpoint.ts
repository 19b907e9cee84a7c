import "server-only";
import { checkpointHash, previousOf, readHeads, writeHeads } from "@/lib/domain/proof/checkpoint";
import type { Checkpoint, CheckpointCause, NamedHead } from "@/lib/domain/proof/checkpoint";
import { serverEnvironment } from "@/lib/server/config/environment";
import {
  checkpointScopes,
  checkpointsOf,
  headsOf,
  insertCheckpoint,
  installationId,
  lockCheckpoints,
} from "@/lib/server/store/checkpoint-rows";
import type { CheckpointScope } from "@/lib/server/store/checkpoint-rows";
import { connection } from "@/lib/server/db/connection";
import { database } from "@/lib/server/db/database";
import type { Database } from "@/lib/server/db/database";
import { inTransaction, whenCommitted } from "@/lib/server/db/transaction";
import type { Transaction } from "@/lib/server/db/transaction";
import { keepCheckpoints } from "./checkpoint-file";
import { readOrMakeCheckpointKey } from "./key-file";
import { quickLinkHash } from "./checkpoint-signatures";

/** What a scope's checkpoints cover, as far as this process has read them. */
type Covered = { last: Checkpoint | undefined; readonly sequences: Map<string, number> };

/** By database, for a process may come to use another; and by study, "" the installation. */
const covered = new WeakMap<Database, Map<string, Covered>>();

const coveredOf = ({ code }: CheckpointScope): Covered => {
  const scopes = covered.get(database()) ?? new Map<string, Covered>();
  covered.set(database(), scopes);
  const known = scopes.get(code ?? "") ?? { last: undefined, sequences: new Map() };
  scopes.set(code ?? "", known);
  return known;
};

const forget = ({ code }: CheckpointScope): void => {
  covered.get(database())?.delete(code ?? "");
};

const learn = (known: Covered, checkpoints: readonly Checkpoint[]): void => {
  for (const checkpoint of checkpoints) {
    if (checkpoint.number <= (known.last?.number ?? 0)) continue;
    for (const { chain, sequence } of readHeads(checkpoint.heads) ?? []) known.sequences.set(chain, sequence);
    known.last = checkpoint;
  }
};

const signed = (
  scope: CheckpointScope,
  { installation, known, atMs }: { readonly installation: string; readonly known: Covered; readonly atMs: number },
  { cause, heads }: { readonly cause: CheckpointCause; readonly heads: readonly NamedHead[] },
): Checkpoint => {
  const key = readOrMakeCheckpointKey(serverEnvironment().checkpointKeyFile);
  const number = (known.last?.number ?? 0) + 1;
  const content = { installation, study: scope.code, number, atMs, cause, heads: writeHeads(heads) };
  const previousHash = previousOf(known.last);
  const hash = checkpointHash(content, previousHash, quickLinkHash);
  return { ...content, previousHash, hash, signature: key.sign(hash), publicKey: key.publicKey };
};

/** Null where another process is making one (and we do not wait), or every head is covered already. */
const makeIn = async (
  transaction: Transaction,
  scope: CheckpointScope,
  { cause, wait }: { readonly cause: CheckpointCause; readonly wait: boolean },
): Promise<Checkpoint | null> => {
  const { isOurs, atMs } = await lockCheckpoints(transaction, scope, wait);
  if (!isOurs) return null;
  const known = coveredOf(scope);
  learn(known, await checkpointsOf(transaction, scope, known.last?.number));
  const all = await headsOf(transaction, scope);
  const heads = all.filter(({ chain, sequence }) => sequence !== known.sequences.get(chain));
  if (heads.length === 0) return null;
  const installation = await installationId(transaction);
  const checkpoint = signed(scope, { installation, known, atMs }, { cause, heads });
  await insertCheckpoint(transaction, scope, checkpoint);
  return checkpoint;
};

const keep = async (scope: CheckpointScope): Promise<void> => {
  const installation = await installationId(connection);
  await keepCheckpoints(serverEnvironment().checkpointFile, { installation, study: scope.code }, (number) =>
    checkpointsOf(connection, scope, number),
  );
};

let lastFault = "";

/** Said once, and made good by the next round of the job. */
const sayFault = (error: unknown): void => {
  const fault = String(error);
  if (fault !== lastFault) console.error("A checkpoint of the audit trail could not be made or kept:", error);
  lastFault = fault;
};

/**
 * Makes a checkpoint of what a scope's chains came to since the last one, and keeps it outside of the database. Null where
 * nothing did, or, without waiting, where another process is at it.
 */
export const makeCheckpoint = async (
  scope: CheckpointScope,
  cause: CheckpointCause,
  { wait = true }: { readonly wait?: boolean } = {},
): Promise<Checkpoint | null> => {
  try {
    const made = await inTransaction(database(), async (transaction) => {
      const value = await makeIn(transaction, scope, { cause, wait });
      return { keep: value !== null, value };
    });
    if (made !== null) learn(coveredOf(scope), [made]);
    await keep(scope).catch(sayFault);
    return made;
  } catch (error) {
    forget(scope);
    throw error;
  }
};

/** After a signature or an import, once it is committed: what was done stays done, with or without its checkpoint. */
export const checkpointWhenCommitted = (
  transaction: Transaction,
  { id, code }: { readonly id: number; readonly code: string },
  cause: CheckpointCause,
): void =>
  whenCommitted(transaction, `checkpoint of ${code}`, async () => {
    await makeCheckpoint({ studyId: id, code }, cause).catch(sayFault);
  });

/** Of every scope that has something new; what another process is at is left to it. Throws nothing. */
export const makeAllCheckpoints = async (cause: CheckpointCause): Promise<void> => {
  const scopes = await checkpointScopes(connection).catch(sayFault);
  for (const scope of scopes ?? []) await makeCheckpoint(scope, cause, { wait: false }).catch(sayFault);
};
