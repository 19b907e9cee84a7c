/** What a line of a bundle says of itself, also where it cannot be read any more. */
const OWNERS: readonly (readonly [pattern: RegExp, name: (found: string) => string])[] = [
  [/"chain":"(?<found>[^"]+)","sequence":\d+/u, (chain) => `an event of ${chain}`],
  [/"animal":"(?<found>[^"]+)"/u, (animal) => `animal ${animal}`],
  [/"id":"(?<found>[^"]+)"/u, (animal) => `animal ${animal}`],
];

const subjectOf = (line: string): string | null => {
  for (const [pattern, name] of OWNERS) {
    const found = pattern.exec(line)?.groups?.["found"];
    if (found !== undefined) return name(found);
  }
  return null;
};

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The first line that holds a document of its own and is no JSON; the lines between the lists hold none. */
const isBroken = (line: string): boolean =>
  line.startsWith('{"') && /\}?,?$/u.test(line) && !isJson(line.replace(/,$/u, ""));

/** Where a bundle's text, one entry a line, is not JSON any more, and whose line that is. */
export const findBrokenLine = (text: string): { readonly subject: string | null; readonly what: string } => {
  const lines = text.split("\n");
  const index = lines.findIndex((line, at) => at > 0 && isBroken(line));
  const [subject, place] = index < 0 ? [null, ""] : [subjectOf(lines[index] ?? ""), ` in line ${String(index + 1)}`];
  return { subject, what: `the file is not JSON${place}: it was changed or cut off after it was exported` };
};
