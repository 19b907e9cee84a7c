import "server-only";
import { fieldRefusal, refusal } from "@/lib/contracts/problem";
import type { Refusal } from "@/lib/contracts/problem";
import { instantMs } from "@/lib/contracts/histories";
import type { ProofChoice } from "@/lib/contracts/histories";
import { contentDigest } from "@/lib/domain/trail/content-digest";
import { BUNDLE_FORMAT } from "@/lib/domain/record/read-bundle";
import { ok, refused } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import { makeCheckpoint } from "@/lib/server/verifying/make-checkpoint";
import { quickLinkHash } from "@/lib/server/verifying/checkpoint-signatures";
import { onStudy } from "@/lib/server/store/audit-events";
import { isAsImported } from "@/lib/server/store/audit-of-study";
import { connection } from "@/lib/server/db/connection";
import { animalsOfBundle, entriesOfBundle, studyOfBundle } from "@/lib/server/store/bundle-rows";
import type { BundleStudy } from "@/lib/server/store/bundle-rows";
import { judgingVersions } from "@/lib/server/store/judging-versions";
import { documentOfRecord } from "@/lib/server/store/read-log";
import { streamFromSnapshot } from "@/lib/server/db/stream-rows";
import type { Snapshot } from "@/lib/server/db/stream-rows";
import { animalDocument } from "@/lib/server/store/animal-document";
import { hasProtocol } from "@/lib/server/store/protocol-versions";
import type { Actor } from "@/lib/server/command/actor";
import { auditedBy, recordEvent } from "@/lib/server/command/audit";
import { proofText } from "./bundle-proof";

type Document = Readonly<Record<string, unknown>>;

/** The study as its bundle said it; one that was made here, by its columns. */
const studyDocument = ({ code, title, species, strain, timeZone, extra }: BundleStudy): Document =>
  extra?.study ?? {
    code,
    species,
    timeZone,
    ...(title === "" ? {} : { title }),
    ...(strain === "" ? {} : { strain }),
  };

/** What entries are judged by, as signed by the instant of the bundle. A study made here names its groups. */
const protocolDocuments = ({ versions, groups, imported }: BundleStudy): readonly Document[] =>
  judgingVersions(versions).map(({ settings }) =>
    imported || groups.length === 0 ? settings : { ...settings, groups },
  );

async function* list(
  parts: AsyncGenerator<readonly Document[], void, undefined>,
): AsyncGenerator<string, void, undefined> {
  let separator = "";
  for await (const documents of parts) {
    yield separator + documents.map((document) => JSON.stringify(document)).join(",\n");
    separator = ",\n";
  }
}

async function* documents<Row extends Document>(
  rows: AsyncGenerator<readonly Row[], void, undefined>,
  write: (row: Row) => Document,
  note: (document: Document) => void = () => undefined,
): AsyncGenerator<readonly Document[], void, undefined> {
  for await (const part of rows) {
    const written = part.map(write);
    for (const document of written) note(document);
    yield written;
  }
}

type BundleOptions = { readonly asKnownAt: string | undefined; readonly withProof: boolean };

/** What stands before animals and entries, and apart from it the proof that an imported bundle came with. */
const headOf = (study: BundleStudy, asKnownAt: string | undefined) => {
  const { proof, ...beside } = study.extra?.bundle ?? {};
  const head = {
    format: BUNDLE_FORMAT,
    ...beside,
    study: studyDocument(study),
    protocols: protocolDocuments(study),
    ...(asKnownAt === undefined ? {} : { asKnownAt }),
  };
  return { head, importedProof: proof };
};

async function* bundleText(
  snapshot: Snapshot,
  named: { readonly id: number; readonly code: string },
  { asKnownAt, withProof }: BundleOptions,
): AsyncGenerator<string, void, undefined> {
  const knownMs = instantMs(asKnownAt);
  const study = await studyOfBundle(snapshot, named.id, knownMs);
  const { head, importedProof } = headOf(study, asKnownAt);
  const content = contentDigest(quickLinkHash);
  if (withProof) content.frame(head);
  yield `${JSON.stringify(head).slice(0, -1)},"animals":[\n`;
  const animals = animalsOfBundle(snapshot, named.id, knownMs);
  const noteAnimal = withProof ? content.animal : undefined;
  yield* list(documents(animals, ({ extra, ...columns }) => animalDocument(columns, extra), noteAnimal));
  yield '\n],"entries":[\n';
  const entries = entriesOfBundle(snapshot, named.id, knownMs);
  yield* list(documents(entries, documentOfRecord, withProof ? content.entry : undefined));
  yield "\n]";
  if (withProof) {
    yield ',"proof":';
    yield* proofText(snapshot, named, content);
  } else if (importedProof !== undefined && (await isAsImported(snapshot, named.id))) {
    yield `,"proof":${JSON.stringify(importedProof)}`;
  }
  yield "}\n";
}

const noProofAt = (proof: ProofChoice, asKnownAt: string | undefined): Refusal | null =>
  proof === "with" && asKnownAt !== undefined
    ? fieldRefusal(
        "INVALID_VALUE",
        "proof",
        "cannot be had with a log that is cut at an instant: the chains of a proof are whole. Leave out asKnownAt, or ask for proof=without",
      )
    : null;

/**
 * The study as a `dose-history/1` document, a part at a time, from one snapshot. Of an imported study the document is equal
 * to what was imported, with what has been recorded since. With an instant the log is cut there, and `asKnownAt` says so: its
 * replay is the whole document's as known then. Animals keep the tags of now, everything else of them is as known then. With its proof a bundle can be checked without this server; "auto" leaves it
 * out of an imported study that is as it came, and of a log that is cut. The export is recorded, and a checkpoint made of it.
 */
export const exportBundle = async (
  actor: Actor,
  code: string,
  {
    asKnownAt,
    proof = "auto",
  }: { readonly asKnownAt?: string | undefined; readonly proof?: ProofChoice | undefined } = {},
): Promise<Result<AsyncGenerator<string, void, undefined>, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "bundle.export");
  if (!gate.ok) return gate;
  const study = gate.value;
  const impossible = noProofAt(proof, asKnownAt);
  if (impossible !== null) return refused(impossible);
  if (!(await hasProtocol(study.id))) {
    return refused(
      refusal("NO_PROTOCOL_DRAFT", `Study ${study.code} has no protocol yet, and a bundle has at least one.`),
    );
  }
  const isPlain =
    proof === "without" || asKnownAt !== undefined || (proof === "auto" && (await isAsImported(connection, study.id)));
  const withProof = !isPlain;
  const newValue = { proof: withProof, ...(asKnownAt === undefined ? {} : { asKnownAt }) };
  await recordEvent(auditedBy(actor, study.roles), { ...onStudy(study), kind: "BUNDLE_EXPORTED", newValue });
  await makeCheckpoint({ studyId: study.id, code: study.code }, "export");
  return ok(streamFromSnapshot((snapshot) => bundleText(snapshot, study, { asKnownAt, withProof })));
};
