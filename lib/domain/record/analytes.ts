import type { AnalyteDefinition } from "./analyte-definition";
import type { MeasuredKind } from "./kinds";
import { CHEMISTRY } from "./panel-chemistry";
import { DIFFERENTIAL } from "./panel-differential";
import { HEMATOLOGY } from "./panel-hematology";
import { VITAL_SIGNS } from "./panel-vital-signs";

type Catalogue = readonly [...typeof VITAL_SIGNS, ...typeof HEMATOLOGY, ...typeof DIFFERENTIAL, ...typeof CHEMISTRY];

/** What is measured, by the key that its value has in a `dose-history/1` entry. */
export type Analyte = Catalogue[number]["field"];

/** An analyte of one kind of entry. */
export type AnalyteOf<Kind extends MeasuredKind> = Extract<Catalogue[number], { readonly kind: Kind }>["field"];

export type CatalogueRow = AnalyteDefinition & { readonly field: Analyte };

/** The one catalogue, each kind in the order of its form. */
export const ANALYTES: readonly CatalogueRow[] = [...VITAL_SIGNS, ...HEMATOLOGY, ...DIFFERENTIAL, ...CHEMISTRY];

const BY_FIELD: ReadonlyMap<string, CatalogueRow> = new Map(ANALYTES.map((row) => [row.field, row]));

export const analyteRow = (analyte: Analyte): CatalogueRow => {
  const row = BY_FIELD.get(analyte);
  if (row === undefined) throw new Error(`The catalogue has no analyte ${analyte}`);
  return row;
};

export const isAnalyte = (name: string): name is Analyte => BY_FIELD.has(name);

const ofKind = (kind: MeasuredKind): readonly CatalogueRow[] => ANALYTES.filter((row) => row.kind === kind);

const BY_KIND: Readonly<Record<MeasuredKind, readonly CatalogueRow[]>> = {
  weight: ofKind("weight"),
  cbc: ofKind("cbc"),
  lft: ofKind("lft"),
  observation: ofKind("observation"),
};

export const analytesOf = (kind: MeasuredKind): readonly CatalogueRow[] => BY_KIND[kind];

/** The analytes that the format itself knows and a reader checks, in its order. */
export const formatFieldsOf = (kind: MeasuredKind): readonly Analyte[] =>
  BY_KIND[kind].filter(({ rules }) => rules !== "none").map(({ field }) => field);
