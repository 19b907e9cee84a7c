import "server-only";
import type { StudyOverview } from "@/lib/contracts/study-overview";
import { overviewOf } from "@/lib/domain/animal/overview-animal";
import { connection } from "@/lib/server/db/connection";
import type { Actor } from "@/lib/server/command/actor";
import { boardRows } from "./board-rows";
import { readableStudies } from "./study-rows";

const countBy = <Item, Key extends string>(
  items: readonly Item[],
  keyOf: (item: Item) => Key | undefined,
): Partial<Record<Key, number>> => {
  const counts: Partial<Record<Key, number>> = {};
  for (const item of items) {
    const key = keyOf(item);
    if (key !== undefined) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
};

/** The studies that the actor has a part in, each with what needs attention in it at an instant. */
export const studiesOverview = async (actor: Actor, nowMs: number): Promise<readonly StudyOverview[]> => {
  const studies = await readableStudies(actor, null);
  const ids = await connection.query<{ readonly id: number; readonly code: string }>({
    text: `SELECT id, code FROM studies WHERE code = ANY ($1::text[])`,
    values: [studies.map(({ code }) => code)],
  });
  const rows = await boardRows(
    connection,
    ids.map(({ id }) => id),
  );
  return studies.map((study) => {
    const id = ids.find(({ code }) => code === study.code)?.id;
    const animals = rows.filter(({ studyId }) => studyId === id);
    const now = { ms: nowMs, timeZone: study.timeZone };
    return {
      study,
      statuses: countBy(animals, ({ status }) => status),
      concerns: countBy(animals, (animal) => overviewOf(animal, now).concerns[0]),
    };
  });
};
