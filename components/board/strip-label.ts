import { studyDayOf, studyDayText } from "@/lib/domain/time/study-day";
import type { OverviewAnimal, OverviewDecision } from "@/lib/domain/animal/overview-animal";

const partOf = ({ action, toDose }: OverviewDecision, doseUnit: string, control: boolean): string | null => {
  switch (action) {
    case "START":
      return control ? "started on vehicle" : `started at ${toDose} ${doseUnit}`;
    case "WITHHOLD":
      return "withheld";
    case "RESUME":
      return `resumed at ${toDose} ${doseUnit}`;
    case "SET_DOSE":
      return `set to ${toDose} ${doseUnit}`;
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
  { tag, decisions, control, summary }: OverviewAnimal,
  doseUnit: string,
  timeZone: string,
): string => {
  const { firstDoseMs } = summary;
  const parts = decisions.flatMap((decision) => {
    const part = partOf(decision, doseUnit, control);
    if (part === null) return [];
    return [
      firstDoseMs === null ? part : `${studyDayText(studyDayOf(decision.observedMs, firstDoseMs, timeZone))}: ${part}`,
    ];
  });
  return `Dose of ${tag} over time. ${parts.join("; ")}`;
};
