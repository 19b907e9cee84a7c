/** Called by Next once in each process, before it answers anything. A build has no database, and nothing to do here. */
export const register = async (): Promise<void> => {
  if (process.env["NEXT_RUNTIME"] !== "nodejs" || process.env["DATABASE_URL"] === undefined) return;
  const { startCheckpointJob } = await import("@/lib/server/jobs/checkpoint-job");
  startCheckpointJob();
};
