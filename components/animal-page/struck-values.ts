import { localDateText, localTimeText } from "@/lib/domain/time/local-time";
import type { EntryRecord, RecordedVersion } from "./entry-records";

/** What an entry said before it was corrected or voided, and by whom and when it was. */
export type Struck = { readonly text: string; readonly note: string };

/** What earlier versions of a record said that the next one no longer says, latest first; of a voided one the last as well. */
export const struckOf = (
  { latest, former, voided }: EntryRecord,
  textOf: (version: RecordedVersion) => string | null,
  timeZone: string,
): readonly Struck[] => {
  const replaced = former.map((version, place) => {
    const next = former[place - 1] ?? latest;
    return { version, next, by: next, word: "corrected" };
  });
  const gone = voided === null ? [] : [{ version: latest, next: null, by: voided, word: "voided" }];
  return [...gone, ...replaced].flatMap(({ version, next, by: { entry, recordedBy }, word }) => {
    const text = textOf(version);
    if (text === null || (next !== null && textOf(next) === text)) return [];
    const { ms } = entry.recordedAt;
    const who = recordedBy === null ? "" : ` by ${recordedBy}`;
    return [{ text, note: `${word} ${localDateText(ms, timeZone)}, ${localTimeText(ms, timeZone)}${who}` }];
  });
};
