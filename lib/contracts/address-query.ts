/** The query of a page's address as Next hands it over. */
export type AddressQuery = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One value of it, trimmed; the first where a key is repeated, null where it is absent or blank. */
export const queryText = (query: AddressQuery, key: string): string | null => {
  const value = query[key];
  const text = (typeof value === "string" ? value : (value?.[0] ?? "")).trim();
  return text === "" ? null : text;
};
