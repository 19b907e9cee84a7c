/** The measured fields of an entry, by the names they carry in a `dose-history/1` entry. */
export type MeasuredField =
  | "grams"
  | "neutrophils"
  | "platelets"
  | "wbc"
  | "lymphocytes"
  | "hemoglobin"
  | "alt"
  | "ast"
  | "alp"
  | "ggt"
  | "bilirubin"
  | "temperature";

/** What is measured, as far as units go: fields of one quantity share their units. */
export type Quantity = "mass" | "cellCount" | "hemoglobin" | "enzymeActivity" | "bilirubin" | "temperature";

/** The kinds of entry that carry measured values. */
export type MeasuredKind = "weight" | "cbc" | "lft" | "observation";

export type MeasuredFieldDefinition = {
  readonly field: MeasuredField;
  readonly kind: MeasuredKind;
  /** As a form or a column says it. */
  readonly label: string;
  readonly quantity: Quantity;
};

/** In the order of a form. Neutrophils and platelets lead the count, because they drive the dose. */
export const MEASURED_FIELDS: readonly MeasuredFieldDefinition[] = [
  { field: "grams", kind: "weight", label: "Body weight", quantity: "mass" },
  { field: "neutrophils", kind: "cbc", label: "Neutrophils", quantity: "cellCount" },
  { field: "platelets", kind: "cbc", label: "Platelets", quantity: "cellCount" },
  { field: "wbc", kind: "cbc", label: "White blood cells", quantity: "cellCount" },
  { field: "lymphocytes", kind: "cbc", label: "Lymphocytes", quantity: "cellCount" },
  { field: "hemoglobin", kind: "cbc", label: "Haemoglobin", quantity: "hemoglobin" },
  { field: "alt", kind: "lft", label: "ALT", quantity: "enzymeActivity" },
  { field: "ast", kind: "lft", label: "AST", quantity: "enzymeActivity" },
  { field: "bilirubin", kind: "lft", label: "Bilirubin", quantity: "bilirubin" },
  { field: "alp", kind: "lft", label: "ALP", quantity: "enzymeActivity" },
  { field: "ggt", kind: "lft", label: "GGT", quantity: "enzymeActivity" },
  { field: "temperature", kind: "observation", label: "Temperature", quantity: "temperature" },
];

const BY_FIELD: ReadonlyMap<string, MeasuredFieldDefinition> = new Map(
  MEASURED_FIELDS.map((definition) => [definition.field, definition]),
);

export const measuredField = (field: MeasuredField): MeasuredFieldDefinition => {
  const definition = BY_FIELD.get(field);
  if (definition === undefined) throw new Error(`No measured field is called ${field}`);
  return definition;
};

export const isMeasuredField = (name: string): name is MeasuredField => BY_FIELD.has(name);

export const measuredFieldsOf = (kind: MeasuredKind): readonly MeasuredFieldDefinition[] =>
  MEASURED_FIELDS.filter((definition) => definition.kind === kind);
