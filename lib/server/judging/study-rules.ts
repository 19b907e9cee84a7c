import "server-only";
import { checked } from "@/lib/domain/record/check";
import { protocolAt } from "@/lib/domain/record/read-protocol";
import { Decimal } from "@/lib/domain/decimal";
import { protocolInForce } from "@/lib/domain/study/in-force";
import type { Protocol, StudyAnimal } from "@/lib/domain/study/protocol";
import type { Database } from "@/lib/server/db/database";
import { judgingVersions, versionsAt } from "@/lib/server/store/judging-versions";
import type { StudyAnimalRow } from "@/lib/server/store/study-animals";
import type { Transaction } from "@/lib/server/db/transaction";

/** By what a study's entries are judged: its signed or imported versions, before there are any its draft. */
export type StudyRules = {
  readonly studyId: number;
  /** studies.rules_revision: another one means other rules. */
  readonly revision: number;
  /** Empty while there is not even a draft. */
  readonly protocols: readonly Protocol[];
  readonly signed: boolean;
};

const readProtocols = (settings: readonly unknown[]): readonly Protocol[] => {
  const protocols: Protocol[] = [];
  settings.forEach((document, index) => {
    const read = checked(() => protocolAt(document, `protocols[${String(index)}]`, protocols));
    if (!read.ok) throw new Error(`a stored protocol version cannot be read: ${read.fault.path} ${read.fault.message}`);
    protocols.push(read.value);
  });
  return protocols;
};

/**
 * The rules as this transaction sees them now, its own changes included; or those that were signed by an instant. Before the
 * first was, its draft judged: that is said by the version that it became.
 */
export const readRules = async (
  transaction: Transaction,
  studyId: number,
  knownMs: number | null = null,
): Promise<StudyRules> => {
  const { revision, versions } = await versionsAt(transaction, studyId, knownMs);
  const signed = versions.some(({ inForce }) => inForce);
  return {
    studyId,
    revision,
    protocols: readProtocols(judgingVersions(versions).map(({ settings }) => settings)),
    signed,
  };
};

const MOST_REMEMBERED = 100;
const remembered = new WeakMap<Database, Map<string, StudyRules>>();

const rememberedOf = (database: Database): Map<string, StudyRules> => {
  const known = remembered.get(database);
  if (known !== undefined) return known;
  const made = new Map<string, StudyRules>();
  remembered.set(database, made);
  return made;
};

/**
 * The rules at a revision that was read from the database, remembered: a revision never changes what it says. Where the
 * database has gone on to another one, that one's rules come back. Not for a transaction that changes rules itself: what it
 * takes back must not be remembered.
 */
export const rulesAt = async (
  database: Database,
  transaction: Transaction,
  studyId: number,
  revision: number,
): Promise<StudyRules> => {
  const known = rememberedOf(database);
  const found = known.get(`${String(studyId)}/${String(revision)}`);
  if (found !== undefined) return found;
  const rules = await readRules(transaction, studyId);
  if (known.size >= MOST_REMEMBERED) known.clear();
  known.set(`${String(studyId)}/${String(rules.revision)}`, rules);
  return rules;
};

/** The protocol that an entry observed then is judged by; null while there is none. */
export const protocolFor = ({ protocols }: StudyRules, observedMs: number): Protocol | null =>
  protocols.length === 0 ? null : protocolInForce(protocols, observedMs);

/** The animal as the rules have it. Without a group it has nothing to start on, and no dose can be recorded. */
export const studyAnimal = ({ tag, startingDose, control, doseLevels }: StudyAnimalRow): StudyAnimal => ({
  id: tag,
  startingDose: new Decimal(startingDose ?? 0),
  control,
  doseLevels: doseLevels?.map((level) => new Decimal(level)) ?? null,
});
