import { recordingSheet, type RecordingSheet } from "../contracts/recording-sheet";

/** The recording sheet as it now stands; null where no answer came that can be read: what is known already stays. */
export const readSheet = async (study: string): Promise<RecordingSheet | null> => {
  try {
    const response = await fetch(`/api/v1/studies/${encodeURIComponent(study)}/recording-sheet`);
    return response.ok ? recordingSheet.parse(await response.json()) : null;
  } catch {
    return null;
  }
};
