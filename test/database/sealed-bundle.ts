import { generateKeyPairSync, sign } from "node:crypto";
import { exactJson } from "@/lib/domain/trail/canonical-json";
import { canonicalEvent } from "@/lib/domain/trail/canonical";
import type { AuditContent } from "@/lib/domain/trail/canonical";
import { NO_HASH, animalChain, studyChain } from "@/lib/domain/trail/chain";
import type { ChainedEvent } from "@/lib/domain/trail/chain";
import { bundleSealHash, checkpointHash, previousOf, writeHeads } from "@/lib/domain/proof/checkpoint";
import type { Checkpoint, NamedHead } from "@/lib/domain/proof/checkpoint";
import { contentDigest, writeContent } from "@/lib/domain/trail/content-digest";
import { PROOF_FORMAT, eventDocument } from "@/lib/domain/proof/proof";
import { publicKeyOf, quickLinkHash as hash, textHash } from "../../lib/server/verifying/checkpoint-signatures";

const { privateKey } = generateKeyPairSync("ed25519");

export const PUBLIC_KEY = publicKeyOf(privateKey);

const signed = (text: string): string => sign(null, Buffer.from(text, "hex"), privateKey).toString("hex");

const STUDY = "S1";
const INSTALLATION = "5b2f7a0e-0000-4000-8000-000000000001";

/** Events of chains, each on the one before. */
const chained = (contents: readonly Omit<AuditContent, "sequence">[]): readonly ChainedEvent[] => {
  const heads = new Map<string, ChainedEvent>();
  return contents.map((content) => {
    const before = heads.get(content.chain);
    const event = { ...content, sequence: (before?.sequence ?? 0) + 1 };
    const previousHash = before?.hash ?? NO_HASH;
    const link = { ...event, previousHash, hash: hash(previousHash, canonicalEvent(event)) };
    heads.set(content.chain, link);
    return link;
  });
};

/** A checkpoint after others, signed. */
const checkpointAfter = (
  before: Checkpoint | undefined,
  heads: readonly NamedHead[],
  study: string | null = STUDY,
): Checkpoint => {
  const number = (before?.number ?? 0) + 1;
  const content = { installation: INSTALLATION, study, number, atMs: number, cause: "entry", heads: writeHeads(heads) };
  const previousHash = previousOf(before);
  const own = checkpointHash(content, previousHash, hash);
  return { ...content, previousHash, hash: own, signature: signed(own), publicKey: PUBLIC_KEY };
};

const WEIGHTS = ["M1", "M2"].flatMap((animal) =>
  [1, 2].map((day) => ({
    id: `${animal}-${String(day)}`,
    animal,
    kind: "weight",
    observedAt: `2026-01-0${String(day)}T09:00:00Z`,
    grams: 20 + day,
    comment: "naïve “quoted” \n twice",
    recordedAt: `2026-01-0${String(day)}T10:00:00.000Z`,
  })),
);

/** The first dose of one of them, which is a decision. */
const DOSE = {
  id: "M1-3",
  animal: "M1",
  kind: "dose",
  observedAt: "2026-01-03T09:00:00Z",
  amount: 4,
  recordedAt: "2026-01-03T10:00:00.000Z",
};

const ENTRIES = [...WEIGHTS, DOSE];

const DECISIONS = {
  M1: [
    {
      at: DOSE.observedAt,
      entry: DOSE.id,
      action: "START",
      rules: ["START"],
      fromDose: "0",
      toDose: "4",
      toxicities: [],
    },
  ],
  M2: [],
};

const HEAD = {
  format: "dose-history/1",
  note: "kept",
  study: { code: STUDY, species: "mouse", timeZone: "UTC" },
  protocols: [{ version: 1, doseUnit: "mg/kg", doseLevels: [4, 3] }],
};

const ANIMALS = ["M1", "M2"].map((id) => ({ id, startingDose: 4, sex: "F" }));

const base = {
  atMs: 1_767_229_200_000,
  actor: null,
  actorText: "ana@example.org",
  roles: "technician",
  origin: "session",
  address: null,
  entryId: null,
  subject: null,
  oldValue: null,
  newValue: null,
  reason: null,
} as const;

const signedContent = (id: string, kind: string, subject: string, content: object) => ({
  signature: { id, content: exactJson(content) },
  event: {
    ...base,
    chain: studyChain(STUDY),
    kind: "SIGNED",
    subject: id,
    newValue: JSON.stringify({
      subjectKind: kind,
      subject,
      meaning: kind === "protocol" ? "APPROVED" : "ACCEPTED",
      signerName: "Dora",
      contentHash: textHash(exactJson(content)),
      list: null,
    }),
  },
});

/** The protocol, and a dose off it. */
const SIGNED = [
  signedContent("0a000000-0000-4000-8000-000000000001", "protocol", "1", {
    version: 1,
    effectiveFrom: null,
    settings: HEAD.protocols[0],
    groups: [],
  }),
  signedContent("0a000000-0000-4000-8000-000000000002", "deviation", DOSE.id, {
    entry: DOSE,
    doseUnit: "mg/kg",
    deviations: ["WRONG_DOSE"],
  }),
];

const contents = (): readonly Omit<AuditContent, "sequence">[] => [
  { ...base, chain: studyChain(STUDY), kind: "STUDY_CREATED", newValue: JSON.stringify(HEAD.study) },
  ...ANIMALS.map((animal, index) => ({
    ...base,
    chain: animalChain(STUDY, index + 1),
    kind: "ANIMAL_REGISTERED",
    newValue: JSON.stringify(animal),
  })),
  ...ENTRIES.map((entry) => ({
    ...base,
    chain: animalChain(STUDY, entry.animal === "M1" ? 1 : 2),
    kind: "ENTRY_RECORDED",
    entryId: entry.id,
    newValue: JSON.stringify(entry),
  })),
  ...SIGNED.map(({ event }) => event),
];

const lines = (documents: readonly unknown[]): string =>
  documents.map((document) => JSON.stringify(document)).join(",\n");

/** A bundle with its proof as a server writes it: a document a line. */
export const sealedBundle = (): string => {
  const events = chained(contents());
  const headsAt = (count: number): readonly NamedHead[] => [
    ...new Map(
      events.slice(0, count).map(({ chain, sequence, hash: own }) => [chain, { chain, sequence, hash: own }]),
    ).values(),
  ];
  const first = checkpointAfter(undefined, headsAt(5));
  const last = checkpointAfter(first, headsAt(events.length));
  const digest = contentDigest(hash);
  digest.frame(HEAD);
  for (const animal of ANIMALS) digest.animal(animal);
  for (const entry of ENTRIES) digest.entry(entry);
  for (const { signature } of SIGNED) digest.signature(signature);
  const seal = { content: writeContent(digest), heads: writeHeads(headsAt(events.length)) };
  const signature = signed(bundleSealHash({ installation: INSTALLATION, study: STUDY, ...seal }, last.hash, hash));
  const proof = { format: PROOF_FORMAT, installation: INSTALLATION, study: STUDY };
  return (
    `${JSON.stringify(HEAD).slice(0, -1)},"animals":[\n${lines(ANIMALS)}\n],"entries":[\n${lines(ENTRIES)}\n],` +
    `"proof":${JSON.stringify(proof).slice(0, -1)},"checkpoints":[\n${lines([first, last])}\n],` +
    `"events":[\n${lines(events.map(eventDocument))}\n],"decisions":${JSON.stringify(DECISIONS)},"signatures":[\n${lines(SIGNED.map(({ signature: one }) => one))}\n],"seal":${JSON.stringify({ ...seal, signature })}}}\n`
  );
};
