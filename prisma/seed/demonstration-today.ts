import * as z from "zod";
import { entriesInput } from "../../lib/contracts/entries/entry";
import type { EntriesInput } from "../../lib/contracts/entries/entry";
import { animalChange } from "../../lib/contracts/animal-changes";
import type { AnimalChangeInput } from "../../lib/contracts/animal-changes";
import { protocolSettings } from "../../lib/contracts/protocol";
import type { ProtocolSettings } from "../../lib/contracts/protocol";
import { DIRECTOR_EMAIL, SECOND_TECHNICIAN_EMAIL, TECHNICIAN_EMAIL } from "./demonstration-accounts";
import { DEMONSTRATION_PROTOCOL } from "./demonstration-protocol";

/** One thing that somebody of the demonstration does today, as they would send it themselves. */
export type ActOfToday = { readonly email: string } & (
  | { readonly kind: "record"; readonly entries: EntriesInput }
  | { readonly kind: "change"; readonly animal: string; readonly change: AnimalChangeInput }
  | { readonly kind: "draft"; readonly settings: ProtocolSettings }
);

const bundleEntries = z.object({ entries: z.array(z.looseObject({ id: z.string(), animal: z.string() })) });

const lastOf = (bundle: unknown, animal: string, kind: string): Readonly<Record<string, unknown>> => {
  const { entries } = bundleEntries.parse(bundle);
  const found = entries.findLast((entry) => entry.animal === animal && entry["kind"] === kind);
  if (found === undefined) throw new Error(`The demonstration has no ${kind} of ${animal}`);
  return found;
};

/** The last CBC of M034 is read again: what was 1.31 is 0.91, and doses have been given since. */
const correctedCount = (bundle: unknown, id: string): object => {
  const { id: corrects, animal, kind, observedAt } = lastOf(bundle, "M034", "cbc");
  return {
    id,
    animal,
    kind,
    observedAt,
    corrects,
    reasonCode: "INSTRUMENT",
    reason: "Clumped in the analyser; the same tube counted again by hand",
    neutrophils: { text: "0.91", unit: "K/µL" },
    platelets: { text: "902", unit: "K/µL" },
  };
};

/** The settings of the imported version, with what an amendment says of them. */
const amended = (changes: object): ProtocolSettings => {
  const { version: _version, effectiveFrom: _from, groups: _groups, ...settings } = DEMONSTRATION_PROTOCOL;
  const ranges = Object.entries(settings.referenceRanges).map(([measurement, { source: _source, ...range }]) => [
    measurement,
    range,
  ]);
  return protocolSettings.parse({ ...settings, referenceRanges: Object.fromEntries(ranges), ...changes });
};

/**
 * What the people of the demonstration do after its bundle has been imported, in this order: a correction that changes
 * decisions and waits for review, a dose that waits for a signature, an order that is signed, a weight recorded twice, a
 * move to another cage, and the draft of an amendment. `now` is an instant before the first of them is recorded; `newId`
 * makes the ids that a browser would; `password` is the director's, who signs.
 */
export const actsOfToday = (
  bundle: unknown,
  { now, newId, password }: { readonly now: string; readonly newId: () => string; readonly password: string },
): readonly ActOfToday[] => {
  const duplicate = newId();
  const weight = (id: string): object => ({
    id,
    animal: "M036",
    kind: "weight",
    observedAt: now,
    grams: { text: String(lastOf(bundle, "M036", "weight")["grams"]), unit: "g" },
  });
  const record = (email: string, entries: unknown): ActOfToday => ({
    email,
    kind: "record",
    entries: entriesInput.parse(entries),
  });
  return [
    record(DIRECTOR_EMAIL, correctedCount(bundle, newId())),
    record(SECOND_TECHNICIAN_EMAIL, {
      id: newId(),
      animal: "M035",
      kind: "dose",
      observedAt: now,
      amount: 15,
      deviation: { reason: "Taken from the cage for M036 and dosed before the ear mark was read; director told" },
    }),
    record(DIRECTOR_EMAIL, {
      id: newId(),
      animal: "M019",
      kind: "order",
      observedAt: now,
      action: "SET_DOSE",
      dose: 7.5,
      reason: "Neutrophils falling for three weeks: one level lower before a rule asks for it",
      signature: { id: newId(), password, meaning: "DECIDED_AGAINST_RULES" },
    }),
    record(TECHNICIAN_EMAIL, weight(newId())),
    record(TECHNICIAN_EMAIL, weight(duplicate)),
    record(TECHNICIAN_EMAIL, {
      id: newId(),
      animal: "M036",
      kind: "void",
      voids: duplicate,
      reasonCode: "DUPLICATE",
      reason: "The scale sent it twice",
    }),
    {
      email: TECHNICIAN_EMAIL,
      kind: "change",
      animal: "M040",
      change: animalChange.parse({ id: newId(), cage: "A11", reason: "Fights with M041: housed alone" }),
    },
    {
      email: DIRECTOR_EMAIL,
      kind: "draft",
      settings: amended({
        reason: "Animals that resumed at 1.0 fell below it again within two weeks: wait for 1.5",
        neutrophils: { ...DEMONSTRATION_PROTOCOL.neutrophils, recoverAt: 1.5 },
      }),
    },
  ];
};
