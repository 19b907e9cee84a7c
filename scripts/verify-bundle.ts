import { readFileSync } from "node:fs";
import { resolve } from "node:path";

import { writeFault } from "../lib/domain/trail/audit-fault";
import { findBrokenLine } from "../lib/domain/trail/broken-line";
import { verifyBundle, type VerifiedBundle } from "../lib/domain/proof/verify-bundle";
import type { BundleSignature } from "../lib/domain/proof/verify-signatures";
import { readJson } from "../lib/domain/record/read-json";
import { writeInstant } from "../lib/domain/time/instant";
import { eventHash } from "../lib/server/verifying/event-hash";
import { checkSignature, fingerprintOf, quickLinkHash, textHash } from "../lib/server/verifying/checkpoint-signatures";

const FAULTS_FOUND = 1;

/** npm starts its scripts in the checkout, and says where it was called. */
const asCalledFrom = (file: string): string => resolve(process.env["INIT_CWD"] ?? process.cwd(), file);

const say = (line: string): void => {
  process.stdout.write(`${line.replace(/\s+/gu, " ")}\n`);
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const count = (number: number, one: string, many = `${one}s`): string =>
  `${String(number)} ${number === 1 ? one : many}`;

const countsOf = ({ study, events, chains, entries, checkpoints }: VerifiedBundle): string =>
  `${study}: ${count(events, "event")} in ${count(chains, "chain")}, ${count(entries, "entry", "entries")}, ` +
  `${count(checkpoints, "checkpoint")}: everything is as it was recorded.`;

const signerOf = ({ publicKey }: VerifiedBundle, key: string | null): string => {
  const fingerprint = publicKey === null ? "none" : fingerprintOf(publicKey);
  return key === null
    ? `Signed with the key ${fingerprint}. The signer was not checked: compare the fingerprint with the laboratory's own, or give it with --key.`
    : `Signed with the key ${fingerprint}, as asked for.`;
};

/** A signature as a person reads it: of what, as what, whose, when, and whether it still holds. */
const signatureLine = ({ kind, subject, meaning, name, email, atMs, broken }: BundleSignature): string => {
  const signer = name === null ? email : `${name} <${email}>`;
  const standing = broken === null ? "holds" : `does not hold: ${broken}`;
  return `Signed: ${kind.replaceAll("_", " ")} ${subject}, ${meaning}, by ${signer}, ${writeInstant(atMs)}: ${standing}.`;
};

const tell = (verified: VerifiedBundle, key: string | null): number => {
  if (verified.faults.length === 0) {
    say(countsOf(verified));
    say(signerOf(verified, key));
    for (const signature of verified.signatures) say(signatureLine(signature));
    return 0;
  }
  for (const fault of verified.faults) say(writeFault(fault));
  return FAULTS_FOUND;
};

/**
 * Checks an exported bundle by what it holds, without a server or a database, and answers the exit code. `key` is the
 * fingerprint of the key that has to have signed it; null: whoever signed it.
 */
export const verifyFile = (file: string, key: string | null): number => {
  const text = readFileSync(asCalledFrom(file), "utf8").replace(/^\uFEFF/u, "");
  const read = readJson(text);
  if (!read.ok) {
    const { code, path, message } = read.fault;
    const broken = code === "MALFORMED_JSON" ? findBrokenLine(text) : { subject: null, what: `${path} ${message}` };
    say(writeFault({ study: null, sequence: null, kind: "changed", ...broken }));
    return FAULTS_FOUND;
  }
  const document = read.value;
  const isTrusted = key === null ? null : (publicKey: string): boolean => fingerprintOf(publicKey) === key;
  const verified = isObject(document)
    ? verifyBundle(document, { hash: quickLinkHash, textHash, eventHash, checkSignature, isTrusted })
    : null;
  if (verified !== null) return tell(verified, key);
  say(
    `${file}: carries no proof, so that nothing of it can be checked. Export the study with its proof ` +
      `(GET /api/v1/studies/CODE/bundle?proof=with, or "Bundle" on its histories page) and verify that file.`,
  );
  return FAULTS_FOUND;
};
