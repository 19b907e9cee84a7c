import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { Study } from "@/lib/contracts/studies";
import type { LifeStep } from "@/lib/contracts/study-life";
import type { Result } from "@/lib/domain/result";
import type { Actor } from "@/lib/server/command/actor";
import { STEPS, takeStep } from "./study-life";

/** Opens a locked study again, for a reason. */
export const unlockStudy = (actor: Actor, code: string, wanted: LifeStep): Promise<Result<Study, Refusal>> =>
  takeStep(actor, code, STEPS.unlock, wanted);
