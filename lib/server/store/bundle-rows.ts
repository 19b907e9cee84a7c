import "server-only";
import type { Snapshot } from "@/lib/server/db/stream-rows";
import type { AnimalColumns } from "./animal-document";
import { doseGroups } from "./dose-groups";
import { versionsAt } from "./judging-versions";
import type { KnownVersions } from "./judging-versions";
import { animalsAsKnown } from "./known-animals";
import { entriesStatement } from "./read-log";
import type { EntryRecord } from "./read-log";
import { studyRow } from "./studies";

// What an export reads of a study, from one snapshot. Animals and entries by hand: they come in parts, whatever
// there is of them, and Prisma's client would hold them all.

type Document = Readonly<Record<string, unknown>>;

export type BundleStudy = {
  readonly code: string;
  readonly title: string;
  readonly species: string;
  readonly strain: string;
  readonly timeZone: string;
  readonly imported: boolean;
  /** What the bundle said that it came as. */
  readonly extra: { readonly bundle?: Document; readonly study?: Document } | null;
  readonly versions: KnownVersions["versions"];
  readonly groups: readonly Document[];
};

/** A study with the versions that there were by an instant (null: now). */
export const studyOfBundle = async (
  snapshot: Snapshot,
  studyId: number,
  knownMs: number | null,
): Promise<BundleStudy> => {
  const row = await studyRow(snapshot, studyId);
  const { versions } = await versionsAt(snapshot, studyId, knownMs);
  const groups = (await doseGroups(studyId, snapshot)).map(
    ({ animals: _animals, doseLevels, startingDose, ...group }) => ({
      ...group,
      doseLevels: doseLevels.map(Number),
      startingDose: startingDose === null ? null : Number(startingDose),
    }),
  );
  return { ...row, extra: row.extra as BundleStudy["extra"], versions, groups };
};

export type BundleAnimal = AnimalColumns & { readonly extra: Document | null };

/**
 * Every animal under its tag of now, which its entries name: so a cut bundle and the whole one replayed as known then name the
 * same animals. What else its own record says is as known at the instant, or, where it was registered later, as it is now.
 */
const ANIMALS = `
  SELECT a.tag, k.sex, k.strain, k.genotype, to_char(k.birth_date, 'YYYY-MM-DD') AS "birthDate", k.room, k.cage, k.group_code AS "group",
    (CASE WHEN k.dosing_fixed THEN k.starting_dose ELSE g.starting_dose END)::float8 AS "startingDose",
    coalesce(CASE WHEN k.dosing_fixed THEN k.control ELSE g.control END, false) AS control,
    nullif(CASE WHEN k.dosing_fixed THEN k.dose_levels ELSE g.dose_levels END, '{}')::float8[] AS "doseLevels", k.extra
  FROM animals a
    JOIN (
      SELECT * FROM ${animalsAsKnown("$1", "$2")}
      UNION ALL
      SELECT * FROM animals WHERE study_id = $1 AND animal_known_from(animals) > to_timestamp($2::numeric / 1000)
    ) k ON k.id = a.id
    LEFT JOIN dose_groups g ON g.study_id = a.study_id AND g.code = k.group_code
  WHERE a.study_id = $1 ORDER BY a.id`;

export const animalsOfBundle = (snapshot: Snapshot, studyId: number, knownMs: number | null) =>
  snapshot.parts<BundleAnimal>({ text: ANIMALS, values: [studyId, knownMs] });

export const entriesOfBundle = (snapshot: Snapshot, studyId: number, knownMs: number | null) =>
  snapshot.parts<EntryRecord>(entriesStatement(studyId, { knownMs }));

/** An event that stands, as it was stored. Doses are decimals as text. */
export type BundleDecision = {
  readonly animal: string;
  readonly at: string;
  readonly entry: string;
  readonly action: string;
  readonly rules: readonly string[];
  readonly fromDose: string;
  readonly toDose: string;
  readonly toxicities: readonly { readonly term: string; readonly grade: number }[];
};

/** The decisions that stand, each animal's in the order in which they were known. */
export const decisionsOfBundle = async ({ prisma }: Snapshot, studyId: number): Promise<readonly BundleDecision[]> => {
  const rows = await (
    await prisma()
  ).decisionEvent.findMany({
    where: { studyId, closure: { is: null } },
    orderBy: [{ animalId: "asc" }, { observedAt: "asc" }, { recordedAt: "asc" }, { position: "asc" }],
    include: { animal: { select: { tag: true } } },
  });
  return rows.map(({ animal, observedAtText, entryId, action, rules, fromDose, toDose, toxicities }) => ({
    animal: animal.tag,
    at: observedAtText,
    entry: entryId,
    action,
    rules,
    fromDose: fromDose.toFixed(),
    toDose: toDose.toFixed(),
    toxicities: toxicities as unknown as BundleDecision["toxicities"],
  }));
};
