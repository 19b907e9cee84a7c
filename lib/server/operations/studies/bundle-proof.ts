import "server-only";
import { bundleSealHash, checkpointDocument, writeHeads } from "@/lib/domain/audit/checkpoint";
import type { NamedHead } from "@/lib/domain/audit/checkpoint";
import { writeContent } from "@/lib/domain/audit/content-digest";
import type { ContentDigest } from "@/lib/domain/audit/content-digest";
import { PROOF_FORMAT, eventDocument } from "@/lib/domain/audit/proof";
import { readOrMakeCheckpointKey } from "@/lib/server/checkpoints/key-file";
import { quickLinkHash } from "@/lib/server/checkpoints/signatures";
import { serverEnvironment } from "@/lib/server/config/environment";
import { eventsOfStudy } from "@/lib/server/db/audit-of-study";
import { checkpointsOf, installationId } from "@/lib/server/db/checkpoint-rows";
import type { Snapshot } from "@/lib/server/db/stream-rows";

const linesOf = (documents: readonly unknown[]): string =>
  documents.map((document) => JSON.stringify(document)).join(",\n");

/**
 * The proof of a bundle from the snapshot that its content was read from: every event of the study's chains, every
 * checkpoint, and a seal over content, chains and the last checkpoint. A document a line.
 */
export async function* proofText(
  snapshot: Snapshot,
  study: { readonly id: number; readonly code: string },
  content: ContentDigest,
): AsyncGenerator<string, void, undefined> {
  const installation = await installationId(snapshot);
  const checkpoints = await checkpointsOf(snapshot, { studyId: study.id });
  const last = checkpoints.at(-1);
  if (last === undefined) throw new Error("a study that is exported has no checkpoint");
  const head = { format: PROOF_FORMAT, installation, study: study.code };
  yield `${JSON.stringify(head).slice(0, -1)},"checkpoints":[\n${linesOf(checkpoints.map(checkpointDocument))}\n],"events":[\n`;
  const heads = new Map<string, NamedHead>();
  let separator = "";
  for await (const events of eventsOfStudy(snapshot, study.code)) {
    for (const { chain, sequence, hash } of events) heads.set(chain, { chain, sequence, hash });
    yield separator + linesOf(events.map(eventDocument));
    separator = ",\n";
  }
  const sealed = { content: writeContent(content), heads: writeHeads([...heads.values()]) };
  const hash = bundleSealHash({ installation, study: study.code, ...sealed }, last.hash, quickLinkHash);
  const signature = readOrMakeCheckpointKey(serverEnvironment().checkpointKeyFile).sign(hash);
  yield `\n],"seal":${JSON.stringify({ ...sealed, signature })}}`;
}
