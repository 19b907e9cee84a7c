import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import type { Transaction } from "@/lib/server/db/transaction";

/** What became of an entry: the next entry of its record, or the next one recorded at all. */
export type LaterEntry = {
  readonly entry: string;
  readonly how: "corrected" | "voided" | "recorded";
  readonly at: string;
  readonly by: string | null;
};

const LATER = {
  select: { id: true, kind: true, recordedAt: true, recordedByText: true, recordedBy: { select: { name: true } } },
} as const satisfies Prisma.EntryDefaultArgs;

const laterEntry = (
  { id, recordedAt, recordedBy, recordedByText }: Prisma.EntryGetPayload<typeof LATER>,
  how: LaterEntry["how"],
): LaterEntry => ({ entry: id, how, at: recordedAt.toISOString(), by: recordedBy?.name ?? recordedByText });

/** An entry with its animal's tag now and those it had, and the next version of its record; null where it is the last. */
export type EntryFate = {
  readonly id: string;
  readonly tag: string;
  readonly formerTags: readonly string[];
  readonly changedBy: LaterEntry | null;
  /** The codes of what was found against the protocol when it was recorded. */
  readonly deviations: readonly string[];
};

const formerTagsOf = (changes: readonly { readonly before: Prisma.JsonValue }[]): readonly string[] =>
  changes.flatMap(({ before }) => {
    const { tag } = before as { readonly tag?: string };
    return tag === undefined ? [] : [tag];
  });

const deviationsOf = (answer: Prisma.JsonValue): readonly string[] => {
  const { deviations } = (answer ?? {}) as { readonly deviations?: readonly { readonly code: string }[] };
  return (deviations ?? []).map(({ code }) => code);
};

/** What became of some entries of a study. */
export const fatesOfEntries = async (
  { prisma }: Transaction,
  studyId: number,
  ids: readonly string[],
): Promise<ReadonlyMap<string, EntryFate>> => {
  const { entry } = await prisma();
  const rows = await entry.findMany({
    where: { studyId, id: { in: [...ids] } },
    select: {
      id: true,
      recordId: true,
      logNumber: true,
      answer: true,
      animal: { select: { tag: true, changes: { select: { before: true } } } },
    },
  });
  const versions = await entry.findMany({
    where: { studyId, recordId: { in: rows.map(({ recordId }) => recordId) } },
    orderBy: { logNumber: "asc" },
    select: { ...LATER.select, recordId: true, logNumber: true },
  });
  return new Map(
    rows.map(({ id, recordId, logNumber, answer, animal }) => {
      const next = versions.find((version) => version.recordId === recordId && version.logNumber > logNumber);
      const how = next?.kind === "void" ? "voided" : "corrected";
      const changedBy = next === undefined ? null : laterEntry(next, how);
      const fate = { id, tag: animal.tag, formerTags: formerTagsOf(animal.changes), changedBy };
      return [id, { ...fate, deviations: deviationsOf(answer) }];
    }),
  );
};

/** The first entry of a study that was stored after an instant; null while there is none. */
export const firstEntryAfter = async (
  { prisma }: Transaction,
  studyId: number,
  instant: Date,
): Promise<LaterEntry | null> => {
  const row = await (
    await prisma()
  ).entry.findFirst({ where: { studyId, storedAt: { gt: instant } }, orderBy: { logNumber: "asc" }, ...LATER });
  return row === null ? null : laterEntry(row, "recorded");
};
