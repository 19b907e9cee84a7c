import "server-only";
import type { Refusal } from "@/lib/contracts/problem";
import type { OverviewAnimal } from "@/lib/domain/animal/overview-animal";
import { ok } from "@/lib/domain/result";
import type { Result } from "@/lib/domain/result";
import { authorizeStudy } from "@/lib/server/auth/study-scope";
import type { AuthorizedStudy } from "@/lib/server/auth/study-scope";
import { connection } from "@/lib/server/db/connection";
import { WAITING_REVIEWS } from "@/lib/server/store/review-items";
import type { Actor } from "@/lib/server/command/actor";
import { boardRows } from "./board-rows";

export type Board = {
  readonly study: AuthorizedStudy;
  /** Of the protocol; null while there is none. */
  readonly doseUnit: string | null;
  readonly animals: readonly OverviewAnimal[];
  /** Changes of what had been decided that wait for the study director. */
  readonly reviewsWaiting: number;
};

type HeadRow = { readonly doseUnit: string | null; readonly reviewsWaiting: number };

const headOf = async (study: AuthorizedStudy): Promise<HeadRow> => {
  const [row] = await connection.query<HeadRow>({
    text: `SELECT ${WAITING_REVIEWS} AS "reviewsWaiting",
             (SELECT settings->>'doseUnit' FROM protocol_versions WHERE study_id = $1 ORDER BY status = 'draft', version DESC LIMIT 1) AS "doseUnit"`,
    values: [study.id],
  });
  return row ?? { doseUnit: null, reviewsWaiting: 0 };
};

/** Every animal of a study with its state, for the board: three statements, however many animals and entries. */
export const readBoard = async (actor: Actor, code: string): Promise<Result<Board, Refusal>> => {
  const gate = await authorizeStudy(actor, code, "study.read");
  if (!gate.ok) return gate;
  const study = gate.value;
  const [head, animals] = await Promise.all([headOf(study), boardRows(connection, [study.id])]);
  return ok({ study, ...head, animals });
};
