export type FinderItem = {
  readonly id: string;
  /** What is looked for and shown first: a tag, a code. */
  readonly label: string;
  /** Shown after it: sex, group, cage. Searched as well. */
  readonly detail: string;
  readonly href: string;
};

const rank = ({ label, detail }: FinderItem, words: readonly string[]): number | null => {
  const name = label.toLowerCase();
  const rest = detail.toLowerCase();
  if (!words.every((word) => name.includes(word) || rest.includes(word))) return null;
  const first = words[0] ?? "";
  if (name === first) return 0;
  if (name.startsWith(first)) return 1;
  if (name.endsWith(first)) return 2;
  return name.includes(first) ? 3 : 4;
};

/**
 * The items in which every word of the query occurs: an exact label first, then labels that begin, end, or go on with
 * it (an animal is known by the last figures of its tag), then those found by their detail; each in the given order.
 */
export const findItems = (items: readonly FinderItem[], query: string, limit: number): readonly FinderItem[] => {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  if (words.length === 0) return items.slice(0, limit);
  return items
    .flatMap((item) => {
      const place = rank(item, words);
      return place === null ? [] : [{ item, place }];
    })
    .sort((one, other) => one.place - other.place)
    .slice(0, limit)
    .map(({ item }) => item);
};
