import "server-only";
import type { Prisma } from "@/generated/prisma/client";
import { connection } from "@/lib/server/db/connection";
import type { Transaction } from "@/lib/server/db/transaction";
import { clockOf } from "./clock";
import { doseGroups } from "./dose-groups";

type Document = Readonly<Record<string, unknown>>;

export type VersionRow = {
  readonly version: number;
  readonly status: "draft" | "signed" | "imported";
  /** The protocol as in a bundle, whole. */
  readonly settings: Document;
  readonly draftedAt: Date;
  /** By name. */
  readonly draftedBy: string | null;
  readonly signedAt: Date | null;
  readonly signedBy: string | null;
};

/** Every version of a study's protocol, oldest first, the draft included. */
export const protocolVersions = async (
  studyId: number,
  on: Transaction = connection,
): Promise<readonly VersionRow[]> => {
  const rows = await (
    await on.prisma()
  ).protocolVersion.findMany({
    where: { studyId },
    orderBy: { version: "asc" },
    include: { draftedBy: { select: { name: true } }, signedBy: { select: { name: true } } },
  });
  return rows.map(({ version, status, settings, draftedAt, draftedBy, signedAt, signedBy }) => ({
    version,
    status: status as VersionRow["status"],
    settings: settings as Document,
    draftedAt,
    draftedBy: draftedBy?.name ?? null,
    signedAt,
    signedBy: signedBy?.name ?? null,
  }));
};

/** The dose unit of a study's latest protocol version; null while there is none. */
export const doseUnitOf = async (studyId: number): Promise<string | null> => {
  const latest = await (
    await connection.prisma()
  ).protocolVersion.findFirst({ where: { studyId }, orderBy: { version: "desc" }, select: { settings: true } });
  const { doseUnit } = (latest?.settings ?? {}) as { readonly doseUnit?: string };
  return doseUnit ?? null;
};

export const hasProtocol = async (studyId: number): Promise<boolean> =>
  (await (await connection.prisma()).protocolVersion.count({ where: { studyId } })) > 0;

type Draft = { readonly studyId: number; readonly version: number; readonly settings: Document };

/** Saves the draft of a version, over the one that there is. */
export const saveDraft = async (
  transaction: Transaction,
  { studyId, version, ...draft }: Draft,
  draftedById: string,
): Promise<void> => {
  const [prisma, draftedAt] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  const row = { settings: draft.settings as Prisma.InputJsonObject, draftedById, draftedAt };
  await prisma.protocolVersion.upsert({
    where: { studyId_version: { studyId, version } },
    create: { studyId, version, status: "draft", ...row },
    update: row,
    select: { version: true },
  });
};

export const deleteDraft = async ({ prisma }: Transaction, studyId: number, version: number): Promise<void> => {
  await (await prisma()).protocolVersion.deleteMany({ where: { studyId, version, status: "draft" } });
};

export type VersionSignature = {
  readonly signedById: string;
  readonly signedAt: Date;
  readonly signedMeaning: string;
  /** From when the version is in force, and as it is written; null: from the beginning. */
  readonly effectiveFrom: { readonly at: Date; readonly text: string } | null;
};

/** Puts a version in force. */
export const signVersion = async (
  transaction: Transaction,
  { studyId, version, settings }: Draft,
  { effectiveFrom, ...signature }: VersionSignature,
): Promise<void> => {
  const [prisma, passwordVerifiedAt] = await Promise.all([transaction.prisma(), clockOf(transaction)]);
  const text = effectiveFrom?.text ?? null;
  await prisma.protocolVersion.update({
    where: { studyId_version: { studyId, version } },
    data: {
      ...signature,
      status: "signed",
      passwordVerifiedAt,
      effectiveFrom: effectiveFrom?.at ?? null,
      effectiveFromText: text,
      settings: { ...settings, effectiveFrom: text },
    },
    select: { version: true },
  });
};

export type ImportedVersion = {
  readonly version: number;
  readonly settings: unknown;
  readonly effectiveFromMs: number | null;
  readonly effectiveFromText: string | null;
};

export const addImportedVersions = async (
  { prisma }: Transaction,
  studyId: number,
  versions: readonly ImportedVersion[],
): Promise<void> => {
  const data = versions.map(({ version, settings, effectiveFromMs, effectiveFromText }) => ({
    studyId,
    version,
    status: "imported",
    settings: settings as Prisma.InputJsonObject,
    effectiveFrom: effectiveFromMs === null ? null : new Date(effectiveFromMs),
    effectiveFromText,
  }));
  await (await prisma()).protocolVersion.createMany({ data });
};

/** What is signed of a protocol version: its settings as stored, from when, and the study's dose groups. */
export const protocolContent = async (
  transaction: Transaction,
  studyId: number,
  version: number,
): Promise<Document> => {
  const row = await (
    await transaction.prisma()
  ).protocolVersion.findFirst({ where: { studyId, version }, select: { effectiveFromText: true, settings: true } });
  if (row === null) return {};
  const groups = (await doseGroups(studyId, transaction)).map(({ animals: _animals, ...group }) => group);
  return { version, effectiveFrom: row.effectiveFromText, settings: row.settings, groups };
};
