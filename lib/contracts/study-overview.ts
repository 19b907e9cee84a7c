import type { Status } from "@/lib/domain/rules/history";
import type { Concern } from "@/lib/domain/animal/attention";
import type { Study } from "./studies";

/** A study with what needs attention in it. */
export type StudyOverview = {
  readonly study: Study;
  /** How many animals are in each status. */
  readonly statuses: Readonly<Partial<Record<Status, number>>>;
  /** How many animals have it as their most urgent concern. */
  readonly concerns: Readonly<Partial<Record<Concern, number>>>;
};
