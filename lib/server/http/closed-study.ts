import "server-only";

/**
 * Whether the database refused a change because the study is locked or archived: the study was locked between the
 * question whether it is and the change itself.
 */
export const isClosedStudy = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && Reflect.get(thrown, "code") === "55000" && thrown.message.startsWith("study ");
