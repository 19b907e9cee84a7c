/** How many random histories a property is tried on: the given number, times HISTORIES where a longer run is wanted. */
export const histories = (count: number): { readonly numRuns: number } => ({
  numRuns: count * Number(process.env["HISTORIES"] ?? "1"),
});
