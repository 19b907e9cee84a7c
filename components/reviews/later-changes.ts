import type { ReviewItem } from "@/lib/contracts/reviews";
import { parseInstant } from "@/lib/domain/time/instant";

/** What the same entry was changed to after an item: the latest of those changes, and whether all together change nothing. */
export type LaterChange = { readonly latest: ReviewItem; readonly takesBack: boolean };

type Event = ReviewItem["impact"]["then"][number];

const recordedMs = ({ recordedAt }: ReviewItem): number => parseInstant(recordedAt)?.ms ?? 0;

/** By what was decided; which version of an entry led to it makes no difference. */
const keyOf = ({ at, action, rules, fromDose, toDose, toxicities }: Event): string =>
  JSON.stringify([parseInstant(at)?.ms, action, rules, fromDose, toDose, toxicities]);

const keysOf = (items: readonly ReviewItem[], side: "then" | "now"): string =>
  items
    .flatMap(({ impact }) => impact[side].map(keyOf))
    .sort()
    .join("\n");

/**
 * What came after an item for the same entry, so that nobody decides about what stands no longer. Null: nothing did.
 * What came and went again stands on both sides of the changes alike.
 */
export const laterChange = (item: ReviewItem, items: readonly ReviewItem[]): LaterChange | null => {
  const later = items
    .filter(({ record, animal }) => record === item.record && animal === item.animal)
    .filter((other) => recordedMs(other) > recordedMs(item))
    .sort((one, other) => recordedMs(one) - recordedMs(other));
  const latest = later.at(-1);
  if (latest === undefined) return null;
  const all = [item, ...later];
  return { latest, takesBack: keysOf(all, "then") === keysOf(all, "now") };
};
