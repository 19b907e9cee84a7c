import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { ReviewItem } from "@/lib/contracts/reviews";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { doseUnitOf } from "@/lib/server/store/protocol-versions";
import { readReviews } from "./review-rows";

type Reviews = {
  readonly study: AuthorizedStudy;
  readonly doseUnit: string | null;
  readonly items: readonly ReviewItem[];
};

/** Everything that had changed what was decided by an instant (null: now), with what has been decided about it. */
export const listReviews = async (
  actor: Actor,
  code: string,
  knownMs: number | null = null,
): Promise<Result<Reviews, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const [doseUnit, reviews] = await Promise.all([
    doseUnitOf(gate.value.id),
    readReviews(connection, gate.value.id, null, knownMs),
  ]);
  return ok({ study: gate.value, doseUnit, items: reviews.map(({ item }) => item) });
};
