const SUPERSCRIPTS: Readonly<Record<string, string>> = {
  "-": "⁻",
  "−": "⁻",
  0: "⁰",
  1: "¹",
  2: "²",
  3: "³",
  4: "⁴",
  5: "⁵",
  6: "⁶",
  7: "⁷",
  8: "⁸",
  9: "⁹",
};

/**
 * A unit as it is shown: "10^9/L" and "10*9/L" become 10⁹/L with a real superscript character, so that copied text
 * never reads 109/L. Everything else is left as it is.
 */
export const unitText = (unit: string): string =>
  unit.replace(/(?<=\d)[\^*]([-−]?\d+)/g, (_, power: string) =>
    [...power].map((character) => SUPERSCRIPTS[character] ?? character).join(""),
  );

/** A number as it is shown: a real minus sign for a typed hyphen. */
export const numberText = (value: string): string => value.replace(/^-(?=[\d.])/, "−");

type UnitProps = { readonly children: string; readonly className?: string };

/** A unit: small, never broken over two lines. */
export const Unit = ({ children, className = "text-[0.8em] font-normal text-ink-faint" }: UnitProps) => (
  <span className={`whitespace-nowrap ${className}`}>{unitText(children)}</span>
);

type QuantityProps = { readonly value: string; readonly unit: string; readonly qualifier?: "<" | ">" | null };

/** A value with its unit: the value in the size around it, the unit small beside it, never apart. */
export const Quantity = ({ value, unit, qualifier = null }: QuantityProps) => (
  <span className="whitespace-nowrap">
    {qualifier === null ? null : `${qualifier} `}
    {numberText(value)} <Unit>{unit}</Unit>
  </span>
);
