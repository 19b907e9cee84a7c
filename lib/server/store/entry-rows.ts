import "server-only";
import { isDeepStrictEqual } from "node:util";
import type { EntryDocument } from "@/lib/contracts/entries/entry-document";
import type { MeasuredKind } from "@/lib/domain/record/kinds";
import type { EntryKind } from "@/lib/domain/record/log-entry";
import type { Analyte } from "@/lib/domain/record/analytes";

type Row = Readonly<Record<string, unknown>>;

/** The typed table of each kind of entry. */
export const DETAIL_TABLES = {
  weight: "body_weights",
  cbc: "complete_blood_counts",
  lft: "chemistries",
  observation: "clinical_observations",
  dose: "doses_given",
  order: "orders",
  disposition: "dispositions",
} as const satisfies Readonly<Record<EntryKind, string>>;

/** The analytes that have a column; `extra` holds the others. */
export const COLUMNS = {
  weight: ["grams"],
  cbc: ["neutrophils", "platelets", "wbc", "lymphocytes", "hemoglobin"],
  lft: ["alt", "ast", "bilirubin", "alp", "ggt"],
  observation: ["temperature"],
} as const satisfies Readonly<Record<MeasuredKind, readonly Analyte[]>>;

/** An entry in its tables: what of its document the columns hold, and what only `extra` does. */
export type EntryRows = {
  readonly kind: EntryKind | "void";
  /** The columns of `entries` that come from the document. */
  readonly header: Row;
  /** Null for a void. */
  readonly detail: Row | null;
  readonly findings: readonly Row[];
  readonly signs: readonly Row[];
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOrNull = (value: unknown): string | null => (typeof value === "string" ? value : null);
const objectOrNull = (value: unknown): Row | null => (isObject(value) ? value : null);
const booleanOrNull = (value: unknown): boolean | null => (typeof value === "boolean" ? value : null);

const present = (object: Row): Record<string, unknown> =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null && value !== undefined));

/** A key of the document itself, not of a prototype. */
const keyOf = (document: EntryDocument, key: string): unknown =>
  Object.hasOwn(document, key) ? document[key] : undefined;

const besideColumns = (document: EntryDocument): Row => ({
  qualifiers: objectOrNull(keyOf(document, "qualifiers")),
  reported: objectOrNull(keyOf(document, "reported")),
  not_done: objectOrNull(keyOf(document, "notDone")),
});

const numberColumns = (document: EntryDocument, fields: readonly string[]): Row =>
  Object.fromEntries(fields.map((field) => [field, keyOf(document, field) ?? null]));

const isListOfObjects = (value: unknown): value is readonly Readonly<Record<string, unknown>>[] =>
  Array.isArray(value) && value.every(isObject);

const findingRows = (document: EntryDocument): readonly Row[] => {
  const findings = keyOf(document, "findings");
  if (!isListOfObjects(findings)) return [];
  return findings.map((finding, position) => ({
    position,
    term: keyOf(finding, "term"),
    grade: keyOf(finding, "grade"),
  }));
};

const SIGN_KEYS = ["category", "text", "severity"] as const;

const signRows = (document: EntryDocument): readonly Row[] => {
  const signs = keyOf(document, "signs");
  if (!isListOfObjects(signs)) return [];
  return signs.map((sign, position) => ({
    position,
    ...Object.fromEntries(SIGN_KEYS.map((key) => [key, textOrNull(keyOf(sign, key))])),
  }));
};

const observationColumns = (document: EntryDocument): Row => {
  const skin = objectOrNull(keyOf(document, "skin")) ?? {};
  return {
    temperature: keyOf(document, "temperature") ?? null,
    exfoliation: booleanOrNull(keyOf(skin, "exfoliation")),
    bullae: booleanOrNull(keyOf(skin, "bullae")),
    findings_given: isListOfObjects(keyOf(document, "findings")),
    signs_given: isListOfObjects(keyOf(document, "signs")),
    ...besideColumns(document),
  };
};

const detailColumns = (kind: EntryKind, document: EntryDocument): Row => {
  switch (kind) {
    case "weight":
    case "cbc":
    case "lft":
      return {
        ...numberColumns(document, COLUMNS[kind]),
        ...besideColumns(document),
      };
    case "observation":
      return observationColumns(document);
    case "dose":
      return {
        amount: keyOf(document, "amount"),
        lot: textOrNull(keyOf(document, "lot")),
        volume: objectOrNull(keyOf(document, "volume")),
        ...besideColumns(document),
      };
    case "order": {
      const action = keyOf(document, "action");
      const setsDose = action === "RESUME" || action === "SET_DOSE";
      return { action, dose: setsDose ? keyOf(document, "dose") : null };
    }
    case "disposition":
      return { outcome: keyOf(document, "outcome") };
  }
};

const headerColumns = (kind: EntryKind | "void", document: EntryDocument): Row => {
  const deviation = objectOrNull(keyOf(document, "deviation")) ?? {};
  const isVoid = kind === "void";
  return {
    id: keyOf(document, "id"),
    observed_at_text: isVoid ? null : textOrNull(keyOf(document, "observedAt")),
    recorded_by_text: textOrNull(keyOf(document, "recordedBy")),
    corrects: isVoid ? null : textOrNull(keyOf(document, "corrects")),
    voids: isVoid ? textOrNull(keyOf(document, "voids")) : null,
    reason_code: textOrNull(keyOf(document, "reasonCode")),
    reason: textOrNull(keyOf(document, "reason")),
    deviation_reason: textOrNull(keyOf(deviation, "reason")),
    comment: textOrNull(keyOf(document, "comment")),
    source: textOrNull(keyOf(document, "source")),
  };
};

const detailDocument = (rows: Pick<EntryRows, "kind" | "findings" | "signs">, detail: Row): Row => {
  const {
    exfoliation,
    bullae,
    findings_given,
    signs_given,
    not_done,
    study_id: _study,
    entry_id: _entry,
    ...plain
  } = detail;
  const skin = present({ exfoliation, bullae });
  return present({
    ...plain,
    notDone: not_done,
    skin: Object.keys(skin).length > 0 ? skin : null,
    findings: findings_given === true ? rows.findings.map(({ term, grade }) => ({ term, grade })) : null,
    signs: signs_given === true ? rows.signs.map(({ position: _position, ...sign }) => present(sign)) : null,
  });
};

/** The entry's document as its columns have it, without what only `extra` holds, `animal` and `recordedAt`. */
const documentOfColumns = ({ kind, header, detail, ...lists }: EntryRows): Row => {
  const { deviation_reason, reason_code, observed_at_text, recorded_by_text, ...plain } = header;
  return present({
    ...plain,
    kind: kind === "void" ? null : kind,
    observedAt: observed_at_text,
    recordedBy: recorded_by_text,
    reasonCode: reason_code,
    deviation: typeof deviation_reason === "string" ? { reason: deviation_reason } : null,
    ...(detail === null ? {} : detailDocument({ kind, ...lists }, detail)),
  });
};

/** Most values are texts and numbers, and most of those are said. */
const isSaid = (said: unknown, value: unknown): boolean => said === value || isDeepStrictEqual(said, value);

/** Kept elsewhere: by the animal's row, and by the run. */
const OUTSIDE: ReadonlySet<string> = new Set(["animal", "recordedAt"]);

/**
 * The rows of an entry whose document the bundle's reader found valid. `extra` is what the columns do not say as the
 * document does: unknown keys, explicit nulls, more than the columns have room for. Writing the document again gives
 * an equal one.
 */
export const rowsOfDocument = (kind: EntryKind | "void", document: EntryDocument): EntryRows => {
  const isObservation = kind === "observation";
  const rows: EntryRows = {
    kind,
    header: headerColumns(kind, document),
    detail: kind === "void" ? null : detailColumns(kind, document),
    findings: isObservation ? findingRows(document) : [],
    signs: isObservation ? signRows(document) : [],
  };
  const said = documentOfColumns(rows);
  const unsaid = Object.entries(document).filter(
    ([key, value]) => !OUTSIDE.has(key) && !isSaid(keyOf(said, key), value),
  );
  return { ...rows, header: { ...rows.header, extra: unsaid.length === 0 ? null : Object.fromEntries(unsaid) } };
};

export type StoredEntry = EntryRows & {
  readonly animal: string;
  readonly recordedAt: string;
};

/** The document of a stored entry, as it was sent or imported. */
export const documentOfRows = ({ animal, recordedAt, ...rows }: StoredEntry): EntryDocument => {
  const { extra, ...header } = rows.header;
  const { id, ...said } = documentOfColumns({ ...rows, header });
  return { id, animal, ...said, recordedAt, ...(isObject(extra) ? extra : {}) };
};
