/** "0.8 × 10⁹/L", "320 U/L"; a number without a unit alone. The one way in which a number and its unit are written. */
export const withUnit = (number: string, unit: string): string => {
  if (unit === "") return number;
  return unit.startsWith("10") ? `${number} × ${unit}` : `${number} ${unit}`;
};
