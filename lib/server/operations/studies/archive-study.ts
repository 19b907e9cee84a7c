import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { Study } from "@/lib/contracts/studies";
import type { LifeStep } from "@/lib/contracts/study-life";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { STEPS, takeStep } from "./study-life";

/** Ends a locked study's life: it is read, exported and verified for good, and never changed again. */
export const archiveStudy = (actor: Actor, code: string, wanted: LifeStep): Promise<Result<Study, Refusal>> =>
  takeStep(actor, code, STEPS.archive, wanted);
