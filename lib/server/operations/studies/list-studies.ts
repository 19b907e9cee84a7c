import "server-only";
import type { Study } from "@/lib/contracts/studies";
import type { Actor } from "@/lib/server/command/actor";
import { readableStudies } from "./study-rows";

/** The studies that the actor has a part in, by code. */
export const listStudies = async (actor: Actor): Promise<{ readonly studies: readonly Study[] }> => ({
  studies: await readableStudies(actor, null),
});
