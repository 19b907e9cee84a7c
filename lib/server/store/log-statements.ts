import "server-only";

/** A column of a row as JSON: its name, its type there, and the expression that makes the table's value of it. */
type Column = readonly [name: string, type: string, expression?: string];

const instantColumn = (name: string): Column => [name, "numeric", `to_timestamp(r.${name} / 1000)`];

const BESIDE: readonly Column[] = [
  ["qualifiers", "jsonb"],
  ["reported", "jsonb"],
  ["not_done", "jsonb"],
];
const KEY: readonly Column[] = [
  ["study_id", "integer"],
  ["entry_id", "text"],
];
const numbers = (...names: readonly string[]): readonly Column[] => names.map((name) => [name, "numeric"]);
const texts = (...names: readonly string[]): readonly Column[] => names.map((name) => [name, "text"]);

/** The inserts in the order in which a statement has them; the letter makes a statement's name. */
export const INSERTS = {
  decision_runs: {
    letter: "r",
    columns: [
      ["study_id", "integer"],
      ["animal_id", "integer"],
      instantColumn("recorded_at"),
      ["run_number", "integer"],
      ...texts("judged", "status"),
      ["dose", "numeric"],
      ["open_toxicities", "text[]"],
      ["protocol_version", "integer"],
      ...texts("engine_version"),
    ],
  },
  entries: {
    letter: "e",
    columns: [
      ["study_id", "integer"],
      ...texts("id"),
      ["animal_id", "integer"],
      ...texts("kind"),
      instantColumn("observed_at"),
      ...texts("observed_at_text"),
      instantColumn("recorded_at"),
      ...texts("recorded_at_text"),
      ["recorded_by", "uuid"],
      ...texts(
        "recorded_by_text",
        "record_id",
        "corrects",
        "voids",
        "reason_code",
        "reason",
        "deviation_reason",
        "comment",
        "source",
      ),
      ["extra", "jsonb"],
      ["content_hash", "text", "decode(r.content_hash, 'hex')"],
      ["answer", "json"],
    ],
  },
  body_weights: { letter: "w", columns: [...KEY, ...numbers("grams"), ...BESIDE] },
  complete_blood_counts: {
    letter: "c",
    columns: [...KEY, ...numbers("neutrophils", "platelets", "wbc", "lymphocytes", "hemoglobin"), ...BESIDE],
  },
  chemistries: { letter: "l", columns: [...KEY, ...numbers("alt", "ast", "bilirubin", "alp", "ggt"), ...BESIDE] },
  clinical_observations: {
    letter: "o",
    columns: [
      ...KEY,
      ...numbers("temperature"),
      ["exfoliation", "boolean"],
      ["bullae", "boolean"],
      ["findings_given", "boolean"],
      ["signs_given", "boolean"],
      ...BESIDE,
    ],
  },
  observation_findings: {
    letter: "f",
    columns: [...KEY, ["position", "integer"], ...texts("term"), ["grade", "smallint"]],
  },
  observation_signs: {
    letter: "s",
    columns: [...KEY, ["position", "integer"], ...texts("category", "text", "severity")],
  },
  doses_given: {
    letter: "d",
    columns: [...KEY, ...numbers("amount"), ...texts("lot"), ["volume", "jsonb"], ...BESIDE],
  },
  orders: { letter: "q", columns: [...KEY, ...texts("action"), ...numbers("dose")] },
  dispositions: { letter: "x", columns: [...KEY, ...texts("outcome")] },
  decision_events: {
    letter: "v",
    columns: [
      ["study_id", "integer"],
      ["animal_id", "integer"],
      instantColumn("recorded_at"),
      ["position", "integer"],
      ...texts("entry_id"),
      instantColumn("observed_at"),
      ...texts("observed_at_text", "action"),
      ["rules", "text[]"],
      ...numbers("from_dose", "to_dose"),
      ["toxicities", "jsonb"],
      ...texts("sentence"),
      ["explanation", "jsonb"],
    ],
  },
  decision_event_closures: {
    letter: "k",
    columns: [
      ["study_id", "integer"],
      ["animal_id", "integer"],
      instantColumn("event_recorded_at"),
      ["event_position", "integer"],
      instantColumn("closed_at"),
    ],
  },
  review_items: {
    letter: "i",
    columns: [
      ["id", "uuid"],
      ["study_id", "integer"],
      ["animal_id", "integer"],
      instantColumn("recorded_at"),
      ...texts("entry_id", "cause"),
      ["impact", "json"],
    ],
  },
} as const satisfies Readonly<Record<string, { readonly letter: string; readonly columns: readonly Column[] }>>;
export type InsertTable = keyof typeof INSERTS;

export const INSERT_TABLES = Object.keys(INSERTS) as readonly InsertTable[];

const recordset = (parameter: number, columns: readonly Column[]): string =>
  `json_to_recordset($${String(parameter)}::json) AS r(${columns.map(([name, type]) => `${name} ${type}`).join(", ")})`;

export const insertText = (table: InsertTable, parameter: number): string => {
  const columns: readonly Column[] = INSERTS[table].columns;
  const names = columns.map(([name]) => name).join(", ");
  const values = columns.map(([name, , expression]) => expression ?? `r.${name}`).join(", ");
  return `INSERT INTO ${table} (${names}) SELECT ${values} FROM ${recordset(parameter, columns)}`;
};

export const STATE_COLUMNS: readonly Column[] = [
  ["run_number", "integer"],
  instantColumn("last_recorded_at"),
  ["rules_revision", "integer"],
  ["state", "json"],
  ["status", "text"],
  ["dose", "numeric"],
  ["open_toxicities", "text[]"],
  ["summary", "jsonb"],
];
export const FIXED_COLUMNS: readonly Column[] = [
  ["dosing_fixed", "boolean"],
  ["starting_dose", "numeric"],
  ["control", "boolean"],
  ["dose_levels", "numeric[]"],
];

export const updateText = (
  table: "animal_states" | "animals",
  key: string,
  columns: readonly Column[],
  parameter: number,
): string => {
  const assignments = columns.map(([name, , expression]) => `${name} = ${expression ?? `r.${name}`}`).join(", ");
  return `UPDATE ${table} t SET ${assignments} FROM ${recordset(parameter, [["study_id", "integer"], [key, "integer"], ...columns])} WHERE t.study_id = r.study_id AND t.${key} = r.${key}`;
};
