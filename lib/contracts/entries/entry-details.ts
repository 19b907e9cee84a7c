import * as z from "zod";
import type { Qualifier } from "@/lib/domain/record/log-entry";
import { ANALYTES } from "@/lib/domain/record/analytes";
import type { Analyte } from "@/lib/domain/record/analytes";
import type { EntryDocument } from "./entry-document";

/** What was typed of one value, before it became the canonical number. */
export type AsTyped = { readonly text: string; readonly unit: string | null; readonly firstReading: string | null };

/** An observation kept as recorded, without a grade. */
export type RecordedSign = {
  readonly category: string | null;
  readonly text: string;
  readonly severity: string | null;
};

/** All that a person wants to see of an entry and the engine does not read. */
export type EntryDetails = {
  /** Canonical numbers as decimal text, white cells and the rest included. */
  readonly values: Readonly<Partial<Record<Analyte, string>>>;
  readonly qualifiers: Readonly<Partial<Record<Analyte, Qualifier>>>;
  /** By field; a dose's is `amount`. */
  readonly typed: Readonly<Record<string, AsTyped>>;
  /** Field → why there is no value. */
  readonly notDone: Readonly<Record<string, string>>;
  readonly signs: readonly RecordedSign[];
  /** Of an observation: whether findings were looked for; an empty list says that there were none. */
  readonly findingsGiven: boolean;
  readonly reasonCode: string | null;
  readonly reason: string | null;
  readonly deviationReason: string | null;
  readonly comment: string | null;
  readonly source: string | null;
  readonly lot: string | null;
  readonly volume: AsTyped | null;
};

const text = z.string().nullish().catch(null);
const asTyped = z.object({ text: z.union([z.string(), z.number().transform(String)]), unit: text, firstReading: text });
const byField = <Value extends z.ZodType>(value: Value) =>
  z
    .record(z.string(), value.nullish().catch(null as never))
    .nullish()
    .catch(null);

/** An imported document may hold anything beside what the rules read: what is not as it should be counts as absent. */
const shown = z.looseObject({
  qualifiers: byField(z.enum(["<", ">"])),
  reported: byField(asTyped),
  notDone: byField(z.string()),
  signs: z
    .array(z.object({ category: text, text, severity: text }).catch({ category: null, text: null, severity: null }))
    .nullish()
    .catch(null),
  reasonCode: text,
  reason: text,
  deviation: z.object({ reason: text }).nullish().catch(null),
  comment: text,
  source: text,
  lot: text,
  volume: asTyped.nullish().catch(null),
});

type Typed = z.output<typeof asTyped>;

const typedOf = ({ text: typed, unit, firstReading }: Typed): AsTyped => ({
  text: typed,
  unit: unit ?? null,
  firstReading: firstReading ?? null,
});

const present = <Value>(
  record: Readonly<Record<string, Value | null | undefined>> | null | undefined,
): readonly (readonly [string, Value])[] =>
  Object.entries(record ?? {}).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [[key, value] as const],
  );

const valuesOf = (document: EntryDocument): EntryDetails["values"] =>
  Object.fromEntries(
    ANALYTES.flatMap(({ field }) => {
      const value = Object.hasOwn(document, field) ? document[field] : undefined;
      return typeof value === "number" ? [[field, String(value)]] : [];
    }),
  );

/** Reads a stored entry's document for people. Never fails: what the rules need of it was checked when it was stored. */
export const entryDetails = (document: EntryDocument): EntryDetails => {
  const read = shown.parse(document);
  return {
    values: valuesOf(document),
    qualifiers: Object.fromEntries(present(read.qualifiers)),
    typed: Object.fromEntries(present(read.reported).map(([field, typed]) => [field, typedOf(typed)])),
    notDone: Object.fromEntries(present(read.notDone)),
    signs: (read.signs ?? []).flatMap((sign) => {
      const words = sign.text ?? sign.category ?? null;
      return words === null ? [] : [{ category: sign.category ?? null, text: words, severity: sign.severity ?? null }];
    }),
    findingsGiven: Array.isArray(document["findings"]),
    reasonCode: read.reasonCode ?? null,
    reason: read.reason ?? null,
    deviationReason: read.deviation?.reason ?? null,
    comment: read.comment ?? null,
    source: read.source ?? null,
    lot: read.lot ?? null,
    volume: read.volume === null || read.volume === undefined ? null : typedOf(read.volume),
  };
};
