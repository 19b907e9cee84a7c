import "server-only";
import type { CheckpointCause } from "@/lib/domain/proof/checkpoint";
import { makeAllCheckpoints } from "@/lib/server/verifying/make-checkpoint";

/** What was recorded is under a checkpoint within a minute, also where a round takes its time. */
const BETWEEN_ROUNDS_MS = 20_000;

/** A development server loads modules again and again; one job runs. */
const running = globalThis as { doselineCheckpointJob?: boolean };

const goOn = (cause: CheckpointCause): void => {
  void makeAllCheckpoints(cause).then(() => setTimeout(() => goOn("entry"), BETWEEN_ROUNDS_MS).unref());
};

/** Makes checkpoints for as long as the process lives, without keeping it alive. Several processes take turns. */
export const startCheckpointJob = (): void => {
  if (running.doselineCheckpointJob === true) return;
  running.doselineCheckpointJob = true;
  goOn("start");
};
