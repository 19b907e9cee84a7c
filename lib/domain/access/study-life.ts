/** The life of a study. Locked, it can be opened again; archived, it is read and exported, and stays as it is. */
export type StudyLife = "draft" | "active" | "locked" | "archived";

/** Whether nothing is entered or changed in it. */
export const isClosed = (life: StudyLife): boolean => life === "locked" || life === "archived";
