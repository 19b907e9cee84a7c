import "server-only";
import type { Study } from "@/lib/contracts/studies";
import { permits, rolesInStudy } from "@/lib/domain/access/permissions";
import type { StudyLife } from "@/lib/domain/access/study-life";
import { studiesFor } from "@/lib/server/store/studies";
import type { Actor } from "@/lib/server/command/actor";

const STATUS_WORDS = {
  draft: "DRAFT",
  active: "ACTIVE",
  locked: "LOCKED",
  archived: "ARCHIVED",
} as const satisfies Readonly<Record<StudyLife, Study["status"]>>;

/** The studies that the actor may read, by code; `code` null for all of them. */
export const readableStudies = async (actor: Actor, code: string | null): Promise<readonly Study[]> => {
  const { studies, auditsSomeOnly } = await studiesFor(actor.userId, code);
  const standing = { administrator: actor.administrator, auditor: actor.auditor, auditsSomeOnly };
  return studies
    .map(({ strain, status, createdAt, roles, ...row }) => ({
      ...row,
      strain: strain === "" ? null : strain,
      status: STATUS_WORDS[status as StudyLife],
      createdAt: createdAt.toISOString(),
      roles: [...rolesInStudy(standing, roles)],
    }))
    .filter(({ roles }) => permits(roles, "study.read"));
};
