/**
 * One unit of a quantity. A value x of this unit is (x − zero) × numerator ÷ denominator in the quantity's base unit.
 * The factors are exact decimals, kept as a fraction so that no quotient is rounded before the last step.
 */
export type UnitFactor = {
  /** As the screen writes it. */
  readonly unit: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Where this scale puts the base unit's zero: 32 for °F. */
  readonly zero: string;
  /** Other spellings, beside those that `spellingKey` makes one. */
  readonly spellings: readonly string[];
  /** A spelling that counts in this case alone: G/L is 10⁹/L, and g/L no count of anything. */
  readonly asWritten?: string;
};

/** The first unit is the base unit, and the canonical one unless a study chose another. */
export type UnitSet = readonly [UnitFactor, ...UnitFactor[]];

const unit = (name: string, numerator: string, denominator: string, spellings: readonly string[] = []): UnitFactor => ({
  unit: name,
  numerator,
  denominator,
  zero: "0",
  spellings,
});

/** A factor of one unit for all that share it: the base of a set. */
const base = (name: string, spellings: readonly string[] = []): UnitFactor => unit(name, "1", "1", spellings);

export const MASS: UnitSet = [base("g"), unit("kg", "1000", "1")];

export const TEMPERATURE: UnitSet = [
  base("°C", ["C"]),
  { unit: "°F", numerator: "5", denominator: "9", zero: "32", spellings: ["F"] },
];

/** White cells and platelets. CDISC's synonyms of 10^9/L, and what analyzers print. */
export const CELL_COUNT: UnitSet = [
  {
    ...base("10⁹/L", ["giga/L", "giga per liter", "GI/L", "E9/L", "/nL", "1/nL", "10^6/mL", "E6/mL"]),
    asWritten: "G/L",
  },
  base("10³/µL", ["10^3/mm3", "E3/µL", "E3/mm3", "thou/µL", "thou/mm3", "thousand/µL", "ths/µL"]),
  base("K/µL", ["K/mm3"]),
  unit("cells/µL", "1", "1000", ["/µL", "1/µL", "#/µL", "10^6/L", "E6/L"]),
  unit("/mm³", "1", "1000", ["cells/mm3", "1/mm3"]),
];

/** Red cells. CDISC's synonyms of 10^12/L, and what analyzers print. */
export const RED_CELL_COUNT: UnitSet = [
  base("10¹²/L", ["tera/L", "T/L", "TI/L", "E12/L", "/pL", "1/pL"]),
  base("10⁶/µL", ["10^6/mm3", "E6/µL", "E6/mm3", "mill/µL", "mill/mm3", "million/µL", "mil/µL"]),
  base("M/µL", ["M/mm3"]),
];

/** 1 kat converts 1 mol/s and 1 U converts 1 µmol/min, so 1 µkat is 60 U. */
export const ENZYME_ACTIVITY: UnitSet = [
  base("U/L", ["mU/mL", "units/L"]),
  base("IU/L", ["mIU/mL"]),
  unit("µkat/L", "60", "1"),
  unit("nkat/L", "60", "1000"),
];

/** A part of all cells. */
export const CELL_FRACTION: UnitSet = [
  base("%", ["percent"]),
  unit("ratio", "100", "1", ["fraction", "fraction of 1"]),
];

export const VOLUME_FRACTION: UnitSet = [base("%", ["percent"]), unit("L/L", "100", "1", ["dL/dL", "mL/mL", "ratio"])];

/** 1 µm³ is 1 fL. */
export const CELL_VOLUME: UnitSet = [base("fL", ["um3", "cubic micron", "cubic micrometer"])];

/**
 * g/mol of one globin chain with its heme: mmol/L of hemoglobin counts these monomers, Hb(Fe), a quarter of 64 458.
 */
const HEMOGLOBIN_MONOMER = "16114.5";

export const HEMOGLOBIN: UnitSet = [
  base("g/dL", ["g%"]),
  unit("g/L", "1", "10", ["mg/mL"]),
  unit("mmol/L", HEMOGLOBIN_MONOMER, "10000"),
];

/** Hemoglobin in one cell: 1 fmol of monomers is 16.1145 pg. */
export const CELL_HEMOGLOBIN: UnitSet = [base("pg"), unit("fmol", HEMOGLOBIN_MONOMER, "1000")];

export const PROTEIN: UnitSet = [base("g/dL", ["g%"]), unit("g/L", "1", "10", ["mg/mL"])];

const MG_PER_DL = base("mg/dL", ["mg%"]);

/** mg/dL, and the moles of it: numerator and denominator follow from the molar mass in g/mol. */
export const micromolar = (molarMass: string): UnitSet => [MG_PER_DL, unit("µmol/L", molarMass, "10000", ["nmol/mL"])];
export const millimolar = (molarMass: string): UnitSet => [
  MG_PER_DL,
  unit("mmol/L", molarMass, "10", ["µmol/mL", "mol/m3"]),
];

/** A divalent ion: 1 mmol is 2 mEq. */
export const divalent = (molarMass: string): UnitSet => [
  ...millimolar(molarMass),
  unit("mEq/L", molarMass, "20", ["mval/L"]),
];

/** A monovalent ion: 1 mmol is 1 mEq. */
export const MONOVALENT: UnitSet = [base("mmol/L", ["µmol/mL", "mol/m3"]), base("mEq/L", ["mval/L"])];

/**
 * Makes one of the spellings of a unit: case, blanks, ^, *, a leading ×, "10E9" and "x10e9" for 10⁹, mcL and mcg for µL
 * and µg, cumm for mm³. Compatibility decomposition makes one letter of the two µ, and plain digits of superscripts. A
 * spelling that lost its superscript on the way ("109/L") is read too: no unit is a hundred and nine of anything.
 */
export const spellingKey = (text: string): string =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s^*]/gu, "")
    .replace(/^[x×]/u, "")
    .replace(/^10e(?=\d)/u, "10")
    .replace(/(?:μ|mc)(?=[a-z])/gu, "u")
    .replace(/cumm|mm3/u, "mm3");
