/** A key press as far as telling a scanner from a person needs it. */
export type Keystroke = {
  readonly key: string;
  /** The event's own time stamp, in ms. */
  readonly at: number;
};

/** A scanner's keys follow each other within a few ms; the fastest fingers need several times as long. */
const FASTEST_FINGERS_MS = 50;
const SHORTEST_SCAN = 3;
const LONGEST_SCAN = 64;

/** The keys that may still be the beginning of a scan, with one more: a pause begins anew. */
export const withKeystroke = (burst: readonly Keystroke[], next: Keystroke): readonly Keystroke[] => {
  const last = burst.at(-1);
  const follows = last !== undefined && next.at - last.at <= FASTEST_FINGERS_MS;
  return follows ? [...burst, next].slice(-LONGEST_SCAN) : [next];
};

/**
 * What a scanner typed, when Enter ends the burst: a scanner that imitates a keyboard ends with Enter. Null where a
 * person typed it.
 */
export const scannedText = (burst: readonly Keystroke[], enterAt: number): string | null => {
  const last = burst.at(-1);
  if (last === undefined || burst.length < SHORTEST_SCAN || enterAt - last.at > FASTEST_FINGERS_MS) return null;
  return burst.map(({ key }) => key).join("");
};

/** The tag as the study writes it; a scanner or a person may write it in other case or with blanks around. */
export const tagAmong = (tags: readonly string[], typed: string): string | null => {
  const wanted = typed.trim();
  if (wanted === "") return null;
  if (tags.includes(wanted)) return wanted;
  const alike = tags.filter((tag) => tag.toLowerCase() === wanted.toLowerCase());
  return alike.length === 1 ? (alike[0] ?? null) : null;
};

/**
 * A tag that a slow scanner typed behind what stood in a number's field ("25.3M033"): no number ends so. Null where the
 * text does not end in a tag of the study, or could be a number.
 */
export const tagAtEnd = (
  tags: readonly string[],
  text: string,
): { readonly before: string; readonly tag: string } | null => {
  const found = tags
    .filter((tag) => /\D/u.test(tag) && text.toLowerCase().endsWith(tag.toLowerCase()))
    .sort((one, other) => other.length - one.length);
  const [tag] = found;
  return tag === undefined ? null : { before: text.slice(0, text.length - tag.length), tag };
};
