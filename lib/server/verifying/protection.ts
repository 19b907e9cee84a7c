import "server-only";
import type { AuditFault } from "@/lib/domain/trail/audit-fault";
import { AUDIT_KINDS } from "@/lib/domain/trail/events";
import type { Transaction } from "@/lib/server/db/transaction";
import expected from "./expected-protection.json";
import { looseEnds } from "./loose-ends";
import { PROTECTION_PARTS, storedKinds, storedProtection } from "./protection-catalog";
import type { Protection, ProtectionPart } from "./protection-catalog";

type Words = {
  readonly name: (name: string) => string;
  /** Whether one that no migration made is a fault: it acts, or lets somebody act. */
  readonly isClosed: boolean;
};

const WORDS: Readonly<Record<ProtectionPart, Words>> = {
  triggers: { name: (name) => `the trigger ${name}`, isClosed: true },
  functions: { name: (name) => `the function ${name}`, isClosed: true },
  constraints: { name: (name) => `the constraint ${name}`, isClosed: false },
  indexes: { name: (name) => `the unique index ${name}`, isClosed: false },
  columns: { name: (name) => `the column ${name}`, isClosed: false },
  views: { name: (name) => `the view ${name}`, isClosed: false },
  rights: { name: (name) => `what is allowed to ${name}`, isClosed: true },
};

/** Of what says so before a colon, the state; a function's body is told by its hash alone. */
const differenceOf = (now: string, wanted: string): string =>
  now.endsWith(`: ${wanted}`)
    ? `is ${now.slice(0, -wanted.length - 2)}`
    : `is not as the migrations made it: ${now === "" ? "nothing" : now}`;

const partFaults = (part: ProtectionPart, stored: Protection): readonly string[] => {
  const { name, isClosed } = WORDS[part];
  const wanted: Readonly<Record<string, string>> = expected[part];
  const now = stored[part];
  const known = Object.entries(wanted).flatMap(([key, text]) => {
    const found = now[key];
    if (found === text) return [];
    return [`${name(key)} ${found === undefined ? "is missing" : differenceOf(found, text)}`];
  });
  const more = Object.entries(now).filter(([key]) => isClosed && !Object.hasOwn(wanted, key));
  return [...known, ...more.map(([key, text]) => `${name(key)} is no migration's: ${text}`)];
};

const kindFaults = (stored: ReadonlyMap<string, readonly string[]>): readonly string[] => {
  const wanted: ReadonlyMap<string, readonly string[]> = new Map(
    Object.entries(AUDIT_KINDS).map(([kind, { chains }]) => [kind, chains]),
  );
  return [...new Set([...wanted.keys(), ...stored.keys()])]
    .filter((kind) => wanted.get(kind)?.join() !== stored.get(kind)?.join())
    .map((kind) => `the kind of event ${kind} is not one of the closed set, or not on the chains that it belongs on`);
};

/**
 * What refuses changes and writes the trail, where it is missing, does not hold for everybody, or is not what the
 * migrations made. expected-protection.json is what they make of an empty database; a test writes and holds it.
 */
export const protectionFaults = async (transaction: Transaction): Promise<readonly AuditFault[]> => {
  const stored = await storedProtection(transaction);
  const found = [
    ...PROTECTION_PARTS.flatMap((part) => partFaults(part, stored)),
    ...(await looseEnds(transaction)),
    ...kindFaults(await storedKinds(transaction)),
  ];
  return found.map((what) => ({ study: null, subject: "the database", sequence: null, kind: "unprotected", what }));
};
