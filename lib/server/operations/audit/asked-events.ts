import "server-only";
import type { AuditFilters } from "@/lib/contracts/audit";
import { animalChain } from "@/lib/domain/trail/chain";
import { epochDayOf, startOfLocalDay } from "@/lib/domain/time/local-time";
import type { AuditedPlace } from "./audited-place";
import type { AuditAsked } from "@/lib/server/store/audit-list";
import { findAnimal } from "@/lib/server/store/known-animals";
import { accountOfEmail } from "@/lib/server/store/accounts";
import type { Transaction } from "@/lib/server/db/transaction";

const personOf = async (transaction: Transaction, person: string | undefined): Promise<AuditAsked["person"]> => {
  if (person === undefined) return null;
  const found = await accountOfEmail(person.trim().toLowerCase(), transaction);
  return found === null ? { text: person } : { userId: found.id };
};

/** By the tag that an animal has or had. One that is not there has a chain without events. */
const chainOf = async (
  transaction: Transaction,
  place: AuditedPlace,
  tag: string | undefined,
): Promise<string | null> => {
  if (tag === undefined || place.study === null) return null;
  const animal = await findAnimal(transaction, place.study.id, tag, null);
  return animalChain(place.study.code, animal?.animalId ?? 0);
};

/** Filters as they are asked for, with what they name looked up. */
export const askedEvents = async (
  transaction: Transaction,
  place: AuditedPlace,
  { animal, person, kind, from, to }: AuditFilters,
): Promise<AuditAsked> => {
  const [chain, who] = await Promise.all([chainOf(transaction, place, animal), personOf(transaction, person)]);
  return {
    studyId: place.study?.id ?? null,
    animalChain: chain,
    person: who,
    kind: kind ?? null,
    fromMs: from === undefined ? null : startOfLocalDay(epochDayOf(from), place.timeZone),
    untilMs: to === undefined ? null : startOfLocalDay(epochDayOf(to) + 1, place.timeZone),
  };
};
