import "server-only";
import { bundleSealHash, checkpointDocument, writeHeads } from "@/lib/domain/proof/checkpoint";
import type { NamedHead } from "@/lib/domain/proof/checkpoint";
import { writeContent } from "@/lib/domain/trail/content-digest";
import type { ContentDigest } from "@/lib/domain/trail/content-digest";
import { PROOF_FORMAT, decisionDocument, eventDocument } from "@/lib/domain/proof/proof";
import type { KeptEvent } from "@/lib/domain/rules/event-key";
import { readOrMakeCheckpointKey } from "@/lib/server/verifying/key-file";
import { quickLinkHash } from "@/lib/server/verifying/checkpoint-signatures";
import { serverEnvironment } from "@/lib/server/config/environment";
import { eventsOfStudy } from "@/lib/server/store/audit-of-study";
import { checkpointsOf, installationId } from "@/lib/server/store/checkpoint-rows";
import { tagsOf } from "@/lib/server/store/animals";
import { decisionsOfBundle } from "@/lib/server/store/bundle-rows";
import { storedSignatures } from "@/lib/server/store/signatures";
import type { Snapshot } from "@/lib/server/db/stream-rows";

const linesOf = (documents: readonly unknown[]): string =>
  documents.map((document) => JSON.stringify(document)).join(",\n");

/** The decisions that stand, an animal a line. */
const decisionsText = async (snapshot: Snapshot, studyId: number): Promise<string> => {
  const tags = await tagsOf(snapshot, studyId);
  const decisions = new Map<string, KeptEvent[]>(tags.map((tag) => [tag, []]));
  for (const row of await decisionsOfBundle(snapshot, studyId)) decisions.get(row.animal)?.push(decisionDocument(row));
  const lines = [...decisions].map(([tag, list]) => `${JSON.stringify(tag)}:${JSON.stringify(list)}`);
  return `{\n${lines.join(",\n")}\n}`;
};

/** What each signature of the study signed. */
const signaturesText = async (snapshot: Snapshot, studyId: number, content: ContentDigest): Promise<string> => {
  const rows = (await storedSignatures(snapshot, studyId, {})).map(({ id, contentText }) => ({
    id,
    content: contentText,
  }));
  for (const row of rows) content.signature(row);
  return `[\n${linesOf(rows)}\n]`;
};

/**
 * The proof of a bundle from the snapshot that its content was read from: every event of the study's chains, every
 * checkpoint, the decisions that stand, what was signed, and a seal over content, chains and the last checkpoint. A document a line.
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
  yield `\n],"decisions":${await decisionsText(snapshot, study.id)}`;
  yield `,"signatures":${await signaturesText(snapshot, study.id, content)}`;
  const sealed = { content: writeContent(content), heads: writeHeads([...heads.values()]) };
  const hash = bundleSealHash({ installation, study: study.code, ...sealed }, last.hash, quickLinkHash);
  const signature = readOrMakeCheckpointKey(serverEnvironment().checkpointKeyFile).sign(hash);
  yield `,"seal":${JSON.stringify({ ...sealed, signature })}}`;
}
