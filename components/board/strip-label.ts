import type { Action } from "@/lib/domain/rules/history";
import { studyDayText } from "@/lib/domain/time/study-day";

/** What of a decision a row of the board shows: days from the first dose, the study day, and the dose as text. */
export type StripPart = readonly [action: Action, at: number, studyDay: number | null, dose: string];

const partOf = ([action, , , dose]: StripPart, doseUnit: string, control: boolean): string | null => {
  switch (action) {
    case "START":
      return control ? "started on vehicle" : `started at ${dose} ${doseUnit}`;
    case "WITHHOLD":
      return "withheld";
    case "RESUME":
      return `resumed at ${dose} ${doseUnit}`;
    case "SET_DOSE":
      return `set to ${dose} ${doseUnit}`;
    case "DISCONTINUE":
      return "discontinued";
    case "OFF_STUDY":
      return "off study";
    case "REMAIN_WITHHELD":
    case "RESUME_PROPOSED":
      return null;
  }
};

/** What a dose strip shows, in words: "day 1: started at 10 mg/kg; day 8: withheld". */
export const stripLabel = (
  tag: string,
  decisions: readonly StripPart[],
  { doseUnit, control }: { readonly doseUnit: string; readonly control: boolean },
): string => {
  const parts = decisions.flatMap((decision) => {
    const part = partOf(decision, doseUnit, control);
    if (part === null) return [];
    const [, , studyDay] = decision;
    return [studyDay === null ? part : `${studyDayText(studyDay)}: ${part}`];
  });
  return `Dose of ${tag} over time. ${parts.join("; ")}`;
};
