import "server-only";
import type { Transaction } from "@/lib/server/db/transaction";

/** An instant in an animal's history, and what was known then: `knownBeforeMs` null for all that is known now. */
export type DecisionPlace = {
  readonly studyId: number;
  readonly animalId: number;
  readonly observedMs: number;
  readonly knownBeforeMs: number | null;
};

/** The dose at which the rules proposed to resume, decimal as text; null where they proposed nothing. */
export const proposedDose = async (
  { prisma }: Transaction,
  { studyId, animalId, observedMs, knownBeforeMs }: DecisionPlace,
): Promise<string | null> => {
  const known = knownBeforeMs === null ? null : new Date(knownBeforeMs);
  const latest = await (
    await prisma()
  ).decisionEvent.findFirst({
    where: {
      studyId,
      animalId,
      observedAt: { lte: new Date(observedMs) },
      ...(known === null ? {} : { recordedAt: { lt: known } }),
      OR: [{ closure: { is: null } }, ...(known === null ? [] : [{ closure: { closedAt: { gte: known } } }])],
    },
    orderBy: [{ observedAt: "desc" }, { recordedAt: "desc" }, { position: "desc" }],
    select: { action: true, toDose: true },
  });
  return latest?.action === "RESUME_PROPOSED" ? latest.toDose.toFixed() : null;
};
